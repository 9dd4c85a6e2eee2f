//! Writes a simulated community: `cargo run --release -p simulate --example write -- 1000000 folder`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let messages = arguments.next().ok_or("name the number of messages")?.parse()?;
    let folder = arguments.next().ok_or("name a folder")?;
    let hold_back = arguments.next().map_or(Ok(0), |number| number.parse())?;
    let settings = simulate::Settings { hold_back, ..simulate::Settings::new(messages) };
    let summary = simulate::write(&settings, folder.as_ref(), &mut |_| ())?;
    std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{summary:?}\n"))?;
    Ok(())
}
