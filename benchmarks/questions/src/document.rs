//! Documents of any length and of believable shape.

use std::fmt::Write as _;

/// A document of so many flags and one, as a team might have it after some years: a third of the flags are rollouts, the others have
/// rules, variants, segments, overrides and overlays.
#[must_use]
pub fn believable(flags: usize) -> String {
    let mut text = String::from(
        "version: 1
context:
  targeting_key: user_id
  attributes:
    user_id: { type: string, description: The account that asks }
    country: { type: string, description: Two letters }
    plan: { type: string, values: [free, premium, enterprise] }
    age: { type: integer, description: Whole years }
    app_version: { type: semver, description: Of the app }
    email: { type: string, private: true }
segments:
  staff: { description: Colleagues, if: { email: { ends_with: \"@example.com\" } } }
  beta: { description: Who asked to see things early, members: [u-1, u-2, u-3] }
environments:
  staging: { description: Where releases are tried }
  production: { description: What customers see }
flags:
  first: { description: The first of all, rollout: 10% }
",
    );
    for flag in 0..flags {
        let _ = write!(
            text,
            "  team{}_feature_{flag}:\n    description: What feature number {flag} is about\n    owner: team-{}\n    tags: [web, q{}]\n    remove_by: 2027-0{}-01\n",
            flag % 17,
            flag % 17,
            flag % 4 + 1,
            flag % 9 + 1
        );
        text.push_str(match flag % 6 {
            0 | 1 => "    rollout: 25%\n    environments:\n      staging: { serve: on }\n",
            2 => "    rules:\n      - name: staff\n        if: { segment: staff }\n        serve: on\n      - name: rich-countries\n        if: { plan: premium, country: [US, GB, DE, FR], age: { gte: 18 } }\n        rollout: 50%\n",
            3 => "    variants: { control: blue, small: green, large: red }\n    baseline: control\n    split: { control: 50, small: 25, large: 25 }\n",
            4 => "    overrides:\n      on: [u-17, u-18]\n      off: [u-66]\n    prerequisites: { first: on }\n    rules:\n      - if: { app_version: { gte: 2.10.0 } }\n        serve: on\n",
            _ => "    killed: false\n    serve: on\n    environments:\n      production: { rollout: 5% }\n",
        });
    }
    text
}
