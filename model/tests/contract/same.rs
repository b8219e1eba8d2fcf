//! Section 2: documents that say the same.

use super::*;

/// What a document says, without the places where it says it.
fn meaning(document: &str) -> String {
    let mut meaning = String::new();
    for piece in format!("{:#?}", definition(document)).split("Span {") {
        let rest = piece.split_once('}').map_or(piece, |(_, rest)| rest);
        meaning.push_str(if meaning.is_empty() { piece } else { rest });
    }
    meaning
}

const YAML: &str = r#"
version: 1
context:
  targeting_key: user_id
  attributes:
    plan: { type: string, values: [free, premium] }
    age: integer
    app_version: semver
segments:
  paying: { description: 'They pay', members: [u-17, 18], if: { plan: premium } }
environments: { production: { killed: false } }
flags:
  new_dashboard:
    description: "The \"rebuilt\" dashboard\n"
    overrides: { true: [u-17, { unit: u-18, until: 2026-12-31T18:00:00Z }], off: [-5] }
    rules:
      - name: adults
        if: { age: { gte: 18 }, any: [{ segment: paying }, { app_version: { lt: "2.10" } }] }
        rollout: 12.5%
    environments:
      production: { serve: on }
  limits:
    variants:
      small: { page: 10, names: [a, null, 1.5] }
      large: { page: 50, names: [] }
    baseline: small
    split: { small: 1, large: 3 }
retired:
  old_search: { date: 2026-03-01, note: gone }
"#;

const JSON: &str = r#"
{
  "version": 1,
  "context": {
    "targeting_key": "user_id",
    "attributes": {
      "plan": { "type": "string", "values": ["free", "premium"] },
      "age": "integer",
      "app_version": { "type": "semver" }
    }
  },
  "segments": { "paying": { "description": "They pay", "members": ["u-17", 18], "if": { "plan": "premium" } } },
  "environments": { "production": { "killed": false } },
  "flags": {
    "new_dashboard": {
      "description": "The \u0022rebuilt\u0022 dashboard\n",
      "overrides": { "true": ["u-17", { "unit": "u-18", "until": "2026-12-31T18:00:00Z" }], "off": [-5] },
      "rules": [
        {
          "name": "adults",
          "if": { "age": { "gte": 18 }, "any": [{ "segment": "paying" }, { "app_version": { "lt": "2.10" } }] },
          "rollout": "12.5%"
        }
      ],
      "environments": { "production": { "serve": "on" } }
    },
    "limits": {
      "variants": {
        "small": { "page": 10, "names": ["a", null, 1.5] },
        "large": { "page": 50, "names": [] }
      },
      "baseline": "small",
      "split": { "small": 1, "large": 3 }
    }
  },
  "retired": { "old_search": { "date": "2026-03-01", "note": "gone" } }
}
"#;

#[test]
fn json_of_the_same_shape_is_the_same_document() {
    assert_eq!(meaning(YAML), meaning(JSON));
    // JSON is YAML too: a comma too many makes it YAML, and changes nothing.
    let with_comma = JSON.replacen("\"gone\" } }\n", "\"gone\" } },\n", 1);
    assert_ne!(with_comma, JSON);
    assert_eq!(meaning(&with_comma), meaning(JSON));
}

#[test]
fn documents_of_other_forms_are_the_same() {
    let short =
        "version: 1\nflags:\n  example: { owner: a b, tags: [x, y], split: { on: 1, off: 2 } }\n";
    for document in [
        "flags: { example: { tags: [x, y], split: { off: 2, on: 1 }, owner: a b } }\nversion: 1\n",
        "version: 1\nflags:\n  example:\n    owner: 'a b'\n    tags:\n    - x\n    - \"y\"\n    split:\n      on: 1\n      off: 2\n",
        "version: 1\r\nflags:\r\n  example:\r\n    owner: a\r\n      b\r\n    tags: [ x, y, ]\r\n    split: { false: 2, true: 1 }\r\n",
        "# notes\nversion: 1 # one\nflags:\n  example:\n    owner: >-\n      a\n      b\n    tags: [x,\n      y]\n    split: { off: 2, on: 1 }\n",
    ] {
        assert_eq!(meaning(document), meaning(short), "{document}");
    }
}
