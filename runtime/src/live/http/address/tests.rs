use super::*;

#[test]
fn an_address_is_shown_without_its_secrets_and_sent_whole() {
    for (text, shown, sent) in [
        (
            "https://flags.example",
            "https://flags.example/",
            "https://flags.example/",
        ),
        (
            "HTTPS://Flags.Example:443/a",
            "https://flags.example/a",
            "https://flags.example/a",
        ),
        (
            "http://127.0.0.1:8080/f.yaml#x",
            "http://127.0.0.1:8080/f.yaml",
            "http://127.0.0.1:8080/f.yaml",
        ),
        (
            "http://[::1]:80/f?k=v",
            "http://[::1]/f",
            "http://[::1]/f?k=v",
        ),
        (
            "https://me:hush@h.example/f?token=hush",
            "https://h.example/f",
            "https://me:hush@h.example/f?token=hush",
        ),
        (
            "https://h.example?token=hush",
            "https://h.example/",
            "https://h.example/?token=hush",
        ),
        (
            "https://h.example/a/../b/./c/..",
            "https://h.example/b/",
            "https://h.example/b/",
        ),
    ] {
        let address = Address::parse(text).unwrap();
        assert_eq!(
            (address.to_string().as_str(), address.url().as_str()),
            (shown, sent),
            "{text}"
        );
        assert!(!format!("{address:?}").contains("hush"), "{text}");
    }
}

#[test]
fn what_is_no_address_is_refused_with_the_reason() {
    for (text, reason) in [
        ("", InvalidUrl::Scheme),
        ("flags.example/flags.yaml", InvalidUrl::Scheme),
        ("ftp://flags.example", InvalidUrl::Scheme),
        ("file:///etc/flags.yaml", InvalidUrl::Scheme),
        ("https://", InvalidUrl::Host),
        ("https:///flags.yaml", InvalidUrl::Host),
        ("https://user@/x", InvalidUrl::Host),
        ("https://[::1/x", InvalidUrl::Host),
        ("https://a\\b/x", InvalidUrl::Host),
        ("https://h:0/", InvalidUrl::Port),
        ("https://h:70000/", InvalidUrl::Port),
        ("https://h:+80/", InvalidUrl::Port),
        ("https://h/ x", InvalidUrl::Character),
        ("https://h/\r\nX-Evil: 1", InvalidUrl::Character),
        ("https://h/ü", InvalidUrl::Character),
    ] {
        assert_eq!(Address::parse(text), Err(reason), "{text}");
    }
}

#[test]
fn a_location_leads_where_the_standard_says() {
    let base = Address::parse("https://me:hush@h.example:8443/a/b?q=1").unwrap();
    for (location, expected) in [
        ("https://other.example/x", "https://other.example/x"),
        ("http://h.example:8443/x", "http://h.example:8443/x"),
        ("//other.example/x", "https://other.example/x"),
        ("/x?y", "https://me:hush@h.example:8443/x?y"),
        ("c", "https://me:hush@h.example:8443/a/c"),
        ("../c", "https://me:hush@h.example:8443/c"),
        ("../../../c", "https://me:hush@h.example:8443/c"),
        ("./", "https://me:hush@h.example:8443/a/"),
        ("?z", "https://me:hush@h.example:8443/a/b?z"),
        ("c:d/e", "refused"),
        ("/a b", "refused"),
    ] {
        let joined = base
            .join(location)
            .map_or("refused".to_owned(), |to| to.url());
        assert_eq!(joined, expected, "{location}");
    }
}

#[test]
fn an_origin_is_scheme_host_and_port() {
    let base = Address::parse("https://h.example/a").unwrap();
    for (other, is_same) in [
        ("https://h.example:443/b?c", true),
        ("https://H.EXAMPLE/", true),
        ("http://h.example/a", false),
        ("https://h.example:8443/a", false),
        ("https://h.example.evil/a", false),
        ("https://h.example@evil.example/a", false),
    ] {
        let other = Address::parse(other).unwrap();
        assert_eq!(base.is_same_origin(&other), is_same, "{other}");
    }
}
