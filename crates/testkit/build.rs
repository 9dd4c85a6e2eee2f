//! Sets `cfg(shared_data)` where the shared real input lies beside the checkout, so that tests which
//! read it are reported as ignored elsewhere instead of passing without having looked.

use std::path::Path;

const SHARED_DATA: &str = "../../../shared/data";

fn main() {
    println!("cargo::rustc-check-cfg=cfg(shared_data)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={SHARED_DATA}/README.md");
    if Path::new(SHARED_DATA).is_dir() {
        println!("cargo::rustc-cfg=shared_data");
    }
}
