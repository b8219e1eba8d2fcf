//! `Flags`: a constant for each flag.

use core::fmt::Write;

use flagstone_model::Definition;

use super::docs;
use super::names::Names;

pub(crate) fn render(rust: &mut String, definition: &Definition, names: &Names) {
    rust.push_str(
        "\n/// A flag that answers `V`.\n\
         pub type Flag<V> = __rt::Flag<V, Schema>;\n\
         \n\
         /// Every flag, as a constant.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq)]\n\
         pub struct Flags;\n\
         \n\
         impl Flags {\n",
    );
    for (index, flag) in definition.flags.iter().enumerate() {
        let (Some(constant), Some(answer)) = (names.constants.get(index), names.answers.get(index))
        else {
            continue;
        };
        if index > 0 {
            rust.push('\n');
        }
        docs::comment(rust, "    ", &docs::flag(flag));
        if let Some(note) = &flag.about().deprecated {
            let _ = writeln!(rust, "    #[deprecated(note = {note:?})]");
        }
        let _ = writeln!(
            rust,
            "    pub const {constant}: Flag<{answer}> = Flag::new({index});"
        );
    }
    rust.push_str("}\n");
}
