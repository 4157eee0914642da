//! Merges the files of a module into one.

use std::path::Path;

use proc_macro2::TokenStream;
use quote::ToTokens;
use specwright_codegen::render::RenderedFile;
use syn::token::Brace;
use syn::{File, Item};

/// The content of the module whose root is `mod.rs`.
pub fn content(files: &[RenderedFile]) -> syn::Result<TokenStream> {
    Ok(read(files, "", "mod.rs")?.map(ToTokens::into_token_stream).unwrap_or_default())
}

/// A file with the modules that it declares inlined; `None` if there is no such file.
fn read(files: &[RenderedFile], folder: &str, path: &str) -> syn::Result<Option<File>> {
    let Some(found) = files.iter().find(|file| file.path == path) else { return Ok(None) };
    let mut file = syn::parse_file(&included(files, &found.text))?;
    for item in &mut file.items {
        let Item::Mod(module) = item else { continue };
        if module.content.is_some() {
            continue;
        }
        let inside = format!("{folder}{}/", module.ident);
        let content = match read(files, &inside, &format!("{folder}{}.rs", module.ident))? {
            Some(content) => Some(content),
            None => read(files, &inside, &format!("{inside}mod.rs"))?,
        };
        if let Some(content) = content {
            module.attrs.extend(content.attrs);
            module.content = Some((Brace::default(), content.items));
            module.semi = None;
        }
    }
    Ok(Some(file))
}

/// A file with the texts that it includes inlined, because there are no files here.
fn included(files: &[RenderedFile], text: &str) -> String {
    let others = files.iter().filter(|file| Path::new(&file.path).extension().is_none_or(|kind| kind != "rs"));
    others.fold(text.to_owned(), |text, other| {
        text.replace(&format!("include_str!(\"{}\")", other.path), &format!("{:?}", other.text))
    })
}

#[cfg(test)]
mod tests {
    use specwright_codegen::render::RenderedFile;

    use super::content;

    #[test]
    fn files_become_modules_with_their_attributes() {
        let file = |path: &str, text: &str| RenderedFile { path: path.to_owned(), text: text.to_owned() };
        let files = [
            file("types.rs", "//! Types.\npub struct Pet;"),
            file(
                "mod.rs",
                "#![allow(dead_code)]\n/// Data.\npub mod types;\nmod inner { pub mod elsewhere; }\nmod parts;",
            ),
            file("parts/mod.rs", "pub mod one;"),
            file("parts/one.rs", "pub const ONE: u8 = 1; pub const TWO: &str = include_str!(\"a.jsonc\");"),
            file("a.jsonc", "{\"a\": 1}\n"),
        ];
        let text = content(&files).expect("Rust").to_string();
        assert!(text.starts_with("# ! [allow (dead_code)]"), "{text}");
        assert!(text.contains("pub mod types { # ! [doc = \" Types.\"] pub struct Pet ; }"), "{text}");
        assert!(text.contains("mod parts { pub mod one { pub const ONE : u8 = 1 ; "), "{text}");
        assert!(text.contains(r#"pub const TWO : & str = "{\"a\": 1}\n" ;"#), "{text}");
    }
}
