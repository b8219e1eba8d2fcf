//! Eight bytes looked at in one go, as a number whose lowest byte is the first of them.

/// How many bytes that is.
pub(super) const BYTES: usize = 8;

/// How many bytes from the first on are this one.
pub(super) fn equal_to(bytes: u64, byte: u8) -> usize {
    (bytes ^ each(byte)).trailing_zeros() as usize / 8
}

/// How many bytes from the first on stand in a text for themselves: they are no quotation mark, backslash or control character.
pub(super) fn plain(bytes: u64) -> usize {
    let special = zeros(bytes ^ each(b'"'))
        | zeros(bytes ^ each(b'\\'))
        | bytes.wrapping_sub(each(b' ')) & !bytes & each(0x80);
    special.trailing_zeros() as usize / 8
}

/// The highest bit of each byte that is zero. A byte behind such a one may have it without being zero, so that only the
/// first that has it says anything.
fn zeros(bytes: u64) -> u64 {
    bytes.wrapping_sub(each(1)) & !bytes & each(0x80)
}

const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; BYTES])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_told_at_every_place() {
        for byte in 0..=u8::MAX {
            let is_plain = !matches!(byte, b'"' | b'\\' | 0..=0x1f);
            for place in 0..BYTES {
                for other in [b'a', b' ', 0x7f, 0x80, 0xff] {
                    let mut bytes = [other; BYTES];
                    bytes[place] = byte;
                    let expected = if is_plain { BYTES } else { place };
                    let bytes = u64::from_le_bytes(bytes);
                    assert_eq!(plain(bytes), expected, "{bytes:x}");
                }
                let mut bytes = [b' '; BYTES];
                bytes[place] = byte;
                let expected = if byte == b' ' { BYTES } else { place };
                let bytes = u64::from_le_bytes(bytes);
                assert_eq!(equal_to(bytes, b' '), expected, "{bytes:x}");
            }
        }
    }
}
