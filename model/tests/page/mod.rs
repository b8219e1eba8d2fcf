//! Pages of Markdown as tests read them: sections with their fenced blocks, of which some can be written anew.

use core::ops::Range;
use std::fs;
use std::path::PathBuf;

/// A page in a file.
pub(crate) struct Page {
    path: PathBuf,
    text: String,
}

/// What stands below one heading `## …`.
pub(crate) struct Section {
    /// The heading.
    pub(crate) title: String,
    /// The fenced blocks in their order.
    pub(crate) blocks: Vec<Block>,
}

/// A fenced block.
pub(crate) struct Block {
    /// The words behind the fence: `yaml`.
    pub(crate) language: String,
    /// The lines between the fences.
    pub(crate) text: String,
    range: Range<usize>,
}

impl Section {
    /// The first block of a language.
    pub(crate) fn block(&self, language: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| block.language == language)
    }
}

impl Page {
    /// Reads a page; the path is relative to the package.
    pub(crate) fn read(path: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
        let text = fs::read_to_string(&path).unwrap_or_default();
        assert!(!text.is_empty(), "can't read {}", path.display());
        Self { path, text }
    }

    /// The sections in their order, those in front of the first heading left out.
    pub(crate) fn sections(&self) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        let mut open: Option<(&str, usize)> = None;
        let mut offset = 0;
        for line in self.text.split_inclusive('\n') {
            let (start, end) = (offset, offset + line.len());
            offset = end;
            match (open, line.strip_prefix("```")) {
                (None, Some(language)) => open = Some((language.trim(), end)),
                (Some((language, from)), Some(_)) => {
                    open = None;
                    if let Some(section) = sections.last_mut() {
                        section.blocks.push(Block {
                            language: language.to_owned(),
                            text: self.text.get(from..start).unwrap_or_default().to_owned(),
                            range: from..start,
                        });
                    }
                }
                (None, None) => {
                    sections.extend(line.strip_prefix("## ").map(|title| Section {
                        title: title.trim().to_owned(),
                        blocks: Vec::new(),
                    }));
                }
                (Some(_), None) => {}
            }
        }
        sections
    }

    /// Checks that each block says what it should. With `UPDATE_EXPECT=1` the page is written so that it does.
    pub(crate) fn expect(&self, mut expected: Vec<(&Block, String)>) {
        expected.retain(|(block, text)| block.text != *text);
        if std::env::var_os("UPDATE_EXPECT").is_none() {
            for (block, text) in expected {
                let line = self.text.get(..block.range.start).unwrap_or_default();
                let line = line.lines().count() + 1;
                let path = self.path.display();
                assert_eq!(
                    block.text, text,
                    "{path}:{line} (UPDATE_EXPECT=1 writes it anew)"
                );
            }
            return;
        }
        let mut text = self.text.clone();
        expected.sort_by_key(|(block, _)| core::cmp::Reverse(block.range.start));
        for (block, new) in expected {
            text.replace_range(block.range.clone(), &new);
        }
        let written = fs::write(&self.path, text);
        assert!(written.is_ok(), "can't write {}", self.path.display());
    }
}
