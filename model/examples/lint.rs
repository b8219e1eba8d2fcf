//! x
fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let loaded = flagstone_model::load(&path, &bytes);
        if loaded.total() > 0 {
            println!(
                "{}",
                flagstone_model::render(
                    &loaded.source,
                    loaded.diagnostics(),
                    loaded.total(),
                    flagstone_model::Style::Plain
                )
            );
        }
    }
}
