//! Section 3: what the program knows about a request.

use super::*;
use flagstone_model::AttributeType;

fn attributes(text: &str) -> String {
    format!("version: 1\ncontext: {{ attributes: {text} }}\nflags: {{}}\n")
}

#[test]
fn attributes_have_one_of_seven_types() {
    check(
        attributes,
        &[
            ("{}", &[]),
            (
                "{ a: string, b: integer, c: number, d: boolean, e: timestamp, f: semver, g: strings }",
                &[],
            ),
            (
                "{ a: { type: integer, description: b, required: true, private: true } }",
                &[],
            ),
            ("{ a: { type: string, values: [b, c] } }", &[]),
            ("{ a: text }", &[UnknownWord]),
            ("{ a: String }", &[UnknownWord]),
            ("{ a: { type: int } }", &[UnknownWord]),
            ("{ a: {} }", &[MissingKey]),
            ("{ a: { required: yes, type: string } }", &[BooleanWord]),
            ("{ a: [string] }", &[WrongType]),
            ("[a]", &[WrongType]),
        ],
    );
}

#[test]
fn only_text_has_a_closed_list() {
    check(
        attributes,
        &[
            ("{ a: { type: string, values: [] } }", &[Emptiness]),
            ("{ a: { type: string, values: b } }", &[WrongType]),
            ("{ a: { type: string, values: [b, b] } }", &[DuplicateKey]),
            ("{ a: { type: string, values: [1] } }", &[Unquoted]),
            ("{ a: { type: string, values: [''] } }", &[]),
            ("{ a: { type: integer, values: [1] } }", &[NotForThisType]),
            ("{ a: { type: strings, values: [b] } }", &[NotForThisType]),
        ],
    );
    // Rules wait for values of the list alone; searches look for parts of them.
    check(
        condition,
        &[
            ("{ plan: free }", &[]),
            ("{ plan: [free, premium] }", &[]),
            ("{ plan: gratis }", &[NotInClosedList]),
            ("{ plan: { not_in: [free, gratis] } }", &[NotInClosedList]),
            ("{ plan: { not_equals: gratis } }", &[NotInClosedList]),
            ("{ plan: { starts_with: gra, contains: prem } }", &[]),
        ],
    );
}

#[test]
fn the_targeting_key_is_a_string_where_it_is_not_declared() {
    for (context, name, ty) in [
        ("", "targeting_key", AttributeType::String),
        ("context: {}\n", "targeting_key", AttributeType::String),
        (
            "context: { attributes: { targeting_key: integer } }\n",
            "targeting_key",
            AttributeType::Integer,
        ),
        (
            "context: { targeting_key: id }\n",
            "id",
            AttributeType::String,
        ),
        (
            "context: { targeting_key: id, attributes: { a: boolean, id: boolean } }\n",
            "id",
            AttributeType::Boolean,
        ),
    ] {
        let schema = definition(&format!("version: 1\n{context}flags: {{}}\n")).context;
        let attribute = schema.attribute(schema.targeting_key);
        let attribute = attribute.expect("it is always among the attributes");
        assert_eq!(
            (attribute.name.as_str(), attribute.ty),
            (name, ty),
            "{context}"
        );
    }
}

#[test]
fn only_text_and_whole_numbers_are_bucketed_by() {
    check(
        flag,
        &[
            ("{ by: user_id }", &[]),
            ("{ by: plan, rollout: 5% }", &[]),
            ("{ by: age, rollout: 5% }", &[]),
            ("{ by: score }", &[BucketType]),
            ("{ by: verified }", &[BucketType]),
            ("{ by: app_version }", &[BucketType]),
            ("{ by: signed_up_at }", &[BucketType]),
            ("{ by: roles }", &[BucketType]),
            ("{ by: company }", &[UnknownAttribute]),
        ],
    );
    check(
        condition,
        &[
            ("{ sample: { to: 5%, by: country } }", &[]),
            ("{ sample: { to: 5%, by: score } }", &[BucketType]),
        ],
    );
}
