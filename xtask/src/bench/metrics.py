"""Runs queries over a workspace's tables in DuckDB: for `cargo xtask bench --only metrics`.

Reads a JSON object {"tables": FOLDER, "threads": N, "queries": {NAME: SQL}} and prints one object per query:
name, milliseconds, value and cases of its first row.
"""
import json
import sys
import time

import duckdb

asked = json.load(sys.stdin)
folder = asked["tables"]
connection = duckdb.connect()
connection.execute(f"SET TimeZone = 'UTC'; SET threads = {int(asked['threads'])}")
with open(f"{folder}/manifest.json") as file:
    manifest = json.load(file)
for table, files in manifest["tables"].items():
    if files:
        paths = [f"{folder}/{file['path']}" for file in files]
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({paths}, hive_partitioning = false)")
for table, columns in asked["empty"].items():
    if not manifest["tables"].get(table):
        connection.execute(f"CREATE TABLE {table} ({columns})")
for name, sql in asked["queries"].items():
    start = time.perf_counter()
    rows = connection.execute(sql).fetchall()
    took = (time.perf_counter() - start) * 1e3
    value, cases = (rows[0][1], rows[0][2]) if rows else (None, 0)
    value = None if value is None else float(value)
    print(json.dumps({"name": name, "milliseconds": took, "value": value, "cases": int(cases or 0)}))
