//! Ways to make a wrong document of a right one.

use serde_json::{Map, Value, json};

use super::Random;

/// Changes one to three places of a document. Most of what comes out is wrong; that isn't promised.
///
/// ```
/// use flagstone_tests::{Case, damage_document};
///
/// let document = Case::new(1).document;
/// assert_eq!(damage_document(5, &document), damage_document(5, &document));
/// ```
pub fn damage_document(seed: u64, document: &Value) -> Value {
    let mut random = Random::new(seed);
    let mut damaged = document.clone();
    for _ in 0..=random.below(3) {
        damage_once(&mut random, &mut damaged);
    }
    damaged
}

/// Changes one to three places of a document's text, without regard to its form.
///
/// ```
/// use flagstone_tests::damage_text;
///
/// assert_eq!(damage_text(3, "version: 1\n"), damage_text(3, "version: 1\n"));
/// ```
pub fn damage_text(seed: u64, text: &str) -> String {
    let mut random = Random::new(seed);
    let mut damaged = text.to_owned();
    for _ in 0..=random.below(3) {
        damaged = if random.chance(50) {
            damage_lines(&mut random, &damaged)
        } else {
            damage_characters(&mut random, &damaged)
        };
    }
    damaged
}

fn damage_once(random: &mut Random, document: &mut Value) {
    let mut paths = Vec::new();
    collect_paths(document, &mut Vec::new(), &mut paths);
    let path = random.pick(&paths);
    if random.chance(15) {
        return swap(document, &path, &random.pick(&paths));
    }
    let Some((last, parent)) = path.split_last() else {
        return;
    };
    let Some(parent) = find(document, parent) else {
        return;
    };
    match parent {
        Value::Object(entries) => damage_mapping(random, entries, last),
        Value::Array(entries) => damage_list(random, entries, last),
        _ => {}
    }
}

/// Deletes or renames an entry of a mapping, or changes its value.
fn damage_mapping(random: &mut Random, entries: &mut Map<String, Value>, key: &str) {
    match random.below(4) {
        0 => {
            entries.remove(key);
        }
        1 => {
            if let Some(value) = entries.remove(key) {
                entries.insert(wrong_key(random, key), value);
            }
        }
        2 => {
            let value = wrong_value(random);
            entries.insert(wrong_key(random, key), value);
        }
        _ => {
            if let Some(value) = entries.get_mut(key) {
                change(random, value);
            }
        }
    }
}

/// Deletes or repeats an entry of a list, or changes it.
fn damage_list(random: &mut Random, entries: &mut Vec<Value>, index: &str) {
    let index = index.parse().unwrap_or(0);
    let Some(entry) = entries.get_mut(index) else {
        return;
    };
    match random.below(4) {
        0 => {
            entries.remove(index);
        }
        1 => {
            let copy = entry.clone();
            entries.insert(index, copy);
        }
        2 => entries.clear(),
        _ => change(random, entry),
    }
}

fn change(random: &mut Random, value: &mut Value) {
    let old = value.take();
    *value = match (random.below(5), old) {
        (0, old) => json!([old]),
        (1, old) => json!({ "value": old }),
        (2, Value::String(text)) => wrong_key(random, &text).into(),
        (2, Value::Number(number)) => number.to_string().into(),
        (3, Value::Array(mut list)) => list.pop().unwrap_or_default(),
        _ => wrong_value(random),
    };
}

fn wrong_value(random: &mut Random) -> Value {
    let deep = (0..40).fold(json!("deep"), |inner, _| json!([inner]));
    let long = "x".repeat(2000);
    random.pick(&[
        Value::Null,
        json!(true),
        json!(17),
        json!(-1),
        json!(2.5),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!(" "),
        json!("off"),
        json!("101%"),
        json!("-1%"),
        json!("25"),
        json!("2026-06-15"),
        json!("2026-06-15T00:00:00"),
        json!("("),
        json!("all"),
        json!("everyone"),
        json!("größe"),
        json!([]),
        json!({}),
        json!([[]]),
        json!([null]),
        json!({ "": 1 }),
        json!({ "all": [] }),
        json!({ "matches": "(a{1000}){1000}" }),
        json!(long),
        deep,
    ])
}

fn wrong_key(random: &mut Random, key: &str) -> String {
    match random.below(5) {
        0 => format!("{key}s"),
        1 => key.chars().skip(1).collect(),
        2 => key.to_uppercase(),
        3 => key.chars().rev().collect(),
        _ => random
            .pick(&[
                "", "12", "rules", "if", "segment", "flag", "serve", "type", "ö", "true",
            ])
            .to_owned(),
    }
}

/// Puts what stands in one place into the other and the other way round.
fn swap(document: &mut Value, one: &[String], other: &[String]) {
    if one.starts_with(other) || other.starts_with(one) {
        return;
    }
    let Some(first) = find(document, one).map(Value::take) else {
        return;
    };
    let second = find(document, other).map(|place| core::mem::replace(place, first));
    if let (Some(place), Some(second)) = (find(document, one), second) {
        *place = second;
    }
}

fn find<'a>(document: &'a mut Value, path: &[String]) -> Option<&'a mut Value> {
    path.iter().try_fold(document, |value, step| match value {
        Value::Object(entries) => entries.get_mut(step),
        Value::Array(entries) => entries.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    })
}

fn collect_paths(value: &Value, path: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(entries) => entries.iter().map(|(key, it)| (key.clone(), it)).collect(),
        Value::Array(entries) => entries
            .iter()
            .enumerate()
            .map(|(index, it)| (index.to_string(), it))
            .collect(),
        _ => Vec::new(),
    };
    for (step, child) in children {
        path.push(step);
        paths.push(path.clone());
        collect_paths(child, path, paths);
        path.pop();
    }
}

/// Deletes, repeats, moves, swaps or indents lines, or ends the text.
fn damage_lines(random: &mut Random, text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let (one, other) = (random.below(lines.len()), random.below(lines.len()));
    let line = lines.get(one).cloned().unwrap_or_default();
    match random.below(6) {
        0 => {
            lines.remove(one);
        }
        1 => lines.insert(one, line),
        2 => lines.insert(other, line),
        3 => lines.swap(one, other),
        4 => lines.truncate(one),
        _ => {
            if let Some(line) = lines.get_mut(one) {
                *line = match line.strip_prefix(' ') {
                    Some(outdented) if random.chance(50) => outdented.to_owned(),
                    _ => format!(" {line}"),
                };
            }
        }
    }
    lines.join("\n")
}

/// Deletes characters or puts in one that means something in YAML or JSON.
fn damage_characters(random: &mut Random, text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let place = random.below(characters.len() + 1);
    let marks = [
        '{', '}', '[', ']', ':', ',', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`', '#', '?',
        '-', '~', '<', '\t', '\n', '\r', '\0', '\u{85}', '\u{feff}', '\u{2028}', 'ö', '0',
    ];
    if random.chance(50) {
        characters.insert(place, random.pick(&marks));
    } else {
        let end = (place + 1 + random.below(4)).min(characters.len());
        characters.drain(place.min(end)..end);
    }
    characters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Case, to_yaml};

    #[test]
    fn most_damage_changes_something() {
        let document = Case::new(1).document;
        let text = to_yaml(&document).unwrap();
        let seeds = 0..500;
        let trees = seeds
            .clone()
            .filter(|seed| damage_document(*seed, &document) != document);
        assert!(trees.count() > 450);
        let texts = seeds.filter(|seed| damage_text(*seed, &text) != text);
        assert!(texts.count() > 450);
    }
}
