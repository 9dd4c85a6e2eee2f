//! Serves a made-up community, to look at the pages without any data:
//! `cargo run -p web --example preview [ADDRESS [empty]]`.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;

#[path = "../src/tests/made_up/mod.rs"]
mod made_up;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let listen: SocketAddr = arguments.next().as_deref().unwrap_or("127.0.0.1:7474").parse()?;
    let community = if arguments.next().is_some() { made_up::empty() } else { made_up::community() };
    let hello = |address| {
        // Without a terminal to print to, the address is known from the command line.
        let _ = writeln!(std::io::stdout(), "a made-up community is on http://{address}");
    };
    let office: Arc<dyn web::Office> = Arc::new(made_up::office::MadeUpOffice::new(&["dev-list", "chat"]));
    let service = web::Service { office: Some(office), ..web::Service::reading(Arc::new(community)) };
    Ok(web::serve(listen, service, hello).await?)
}
