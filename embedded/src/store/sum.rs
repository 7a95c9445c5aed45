//! Records with a sum over them: `redb` looks at its own sums after a crash only.

use super::Failed;

/// A record as it is in the file.
pub(super) fn seal(record: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(record.len() + 4);
    sealed.extend_from_slice(&crc32fast::hash(record).to_le_bytes());
    sealed.extend_from_slice(record);
    sealed
}

/// Errors: it is not what was written.
pub(super) fn unseal(sealed: &[u8]) -> Result<Vec<u8>, Failed> {
    let whole = sealed.split_at_checked(4).filter(|(sum, record)| *sum == crc32fast::hash(record).to_le_bytes());
    whole.map(|(_, record)| record.to_vec()).ok_or_else(|| Failed::damaged("a record is not what was written"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_is_found_out() {
        let sealed = seal(b"record");
        assert_eq!(unseal(&sealed).unwrap(), b"record");
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 0x10;
            assert!(unseal(&changed).is_err());
            assert!(unseal(&sealed[..index]).is_err());
        }
    }
}
