//! Path templates of the document → paths of axum.

use std::collections::BTreeSet;

use crate::descriptor::{Operation, Piece};

/// The paths that axum can express, each once, with the segments of the document. A path is left out
/// if another path that axum cannot express may match the same request, because axum would then name
/// the wrong one.
pub(super) fn expressible(operations: &[&'static Operation]) -> Vec<(String, &'static [&'static [Piece]])> {
    let (mut found, mut others) = (Vec::new(), Vec::new());
    let mut known = BTreeSet::new();
    for operation in operations {
        match path(operation) {
            Some((path, shape)) => {
                if known.insert(shape) {
                    found.push((path, operation.segments));
                }
            }
            None => others.push(operation.segments),
        }
    }
    found.retain(|(_, segments)| !others.iter().any(|other| overlap(segments, other)));
    found
}

/// A path, and the same path without the names of its parameters.
fn path(operation: &Operation) -> Option<(String, String)> {
    let (mut path, mut shape) = (String::new(), String::new());
    let mut names = BTreeSet::new();
    for pieces in operation.segments {
        path.push('/');
        shape.push('/');
        match pieces {
            [] => {}
            // axum takes a leading `:` or `*` for a parameter in its older syntax.
            [Piece::Literal(literal)] if literal.bytes().all(is_plain) && !literal.starts_with([':', '*']) => {
                path.push_str(literal);
                shape.push_str(literal);
            }
            [Piece::Parameter(index)] => {
                let name = operation.parameters.get(*index)?.name;
                if name.is_empty() || !name.bytes().all(is_plain) || name.contains('*') || !names.insert(name) {
                    return None;
                }
                path.extend(["{", name, "}"]);
                shape.push_str("{}");
            }
            _ => return None,
        }
    }
    if path.is_empty() {
        path.push('/');
        shape.push('/');
    }
    Some((path, shape))
}

/// Whether a byte means itself in a path and is sent unchanged.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte)
}

/// Whether a path may match both templates.
fn overlap(left: &[&[Piece]], right: &[&[Piece]]) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).all(|pair| match pair {
            ([Piece::Literal(left)], [Piece::Literal(right)]) => left == right,
            ([], []) => true,
            ([], _) | (_, []) => false,
            _ => true,
        })
}

#[cfg(test)]
mod tests {
    use super::expressible;
    use crate::descriptor::{Operation, Parameter, Piece};

    const PARAMETERS: &[Parameter] =
        &[Parameter { name: "id", ..Parameter::PATH }, Parameter { name: "format", ..Parameter::PATH }];

    fn operation(segments: &'static [&'static [Piece]]) -> &'static Operation {
        Box::leak(Box::new(Operation { segments, parameters: PARAMETERS, ..Operation::BASE }))
    }

    #[test]
    fn paths_of_whole_segments_are_expressible_unless_another_may_match() {
        const PETS: &[Piece] = &[Piece::Literal("pets")];
        const SHOPS: &[Piece] = &[Piece::Literal("shops")];
        const ID: &[Piece] = &[Piece::Parameter(0)];
        let all = [
            operation(&[PETS]),
            operation(&[PETS, ID]),
            operation(&[PETS, &[Piece::Parameter(1)]]),
            operation(&[SHOPS, &[Piece::Parameter(0), Piece::Literal("."), Piece::Parameter(1)]]),
            operation(&[SHOPS, ID]),
            operation(&[PETS, ID, &[]]),
            operation(&[&[Piece::Literal("a b")]]),
            operation(&[&[]]),
        ];
        let paths: Vec<String> = expressible(&all).into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["/pets", "/pets/{id}", "/pets/{id}/", "/"]);
    }
}
