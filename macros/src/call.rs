//! Parses the arguments of a call of the macro.

use proc_macro2::Span;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token, Visibility, parse_quote};

/// A module of a document: `"petstore.yaml"` or `pub mod shop = "petstore.yaml"`, followed by the
/// sides and an overlay.
pub struct Call {
    /// The visibility of the module.
    pub visibility: Visibility,
    /// Its name.
    pub name: Ident,
    /// The path of the document.
    pub document: LitStr,
    /// The path of an overlay.
    pub overlay: Option<LitStr>,
    /// Further folders to which the document may refer, besides its own.
    pub allow_read: Vec<LitStr>,
    /// Whether the module has the client.
    pub has_client: bool,
    /// Whether the module has the server.
    pub has_server: bool,
}

impl Parse for Call {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let declared = if input.peek(LitStr) { None } else { Some(declaration(input)?) };
        let document: LitStr = input.parse()?;
        let (visibility, name) = match declared {
            Some(declared) => declared,
            None => (parse_quote!(pub), name_of(&document)?),
        };
        let (overlay, allow_read) = (None, Vec::new());
        let mut call = Self { visibility, name, document, overlay, allow_read, has_client: false, has_server: false };
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if !input.is_empty() {
                call.option(input)?;
            }
        }
        call.has_client |= !call.has_server;
        Ok(call)
    }
}

impl Call {
    fn option(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let option: Ident = input.parse()?;
        match option.to_string().as_str() {
            "client" => self.has_client = true,
            "server" => self.has_server = true,
            "overlay" => self.overlay = Some(value(input)?),
            "allow_read" => self.allow_read.push(value(input)?),
            _ => {
                let options = "`client`, `server`, `overlay = \"FILE\"` or `allow_read = \"FOLDER\"`";
                let message = format!("unknown option `{option}`: write {options}");
                return Err(syn::Error::new(option.span(), message));
            }
        }
        Ok(())
    }
}

/// `= "petstore.yaml"`
fn value(input: ParseStream<'_>) -> syn::Result<LitStr> {
    input.parse::<Token![=]>()?;
    input.parse()
}

/// `pub mod shop =`
fn declaration(input: ParseStream<'_>) -> syn::Result<(Visibility, Ident)> {
    let visibility = input.parse()?;
    input.parse::<Token![mod]>()?;
    let name = input.parse()?;
    input.parse::<Token![=]>()?;
    Ok((visibility, name))
}

/// The name of a document without its folders and its extension.
fn name_of(document: &LitStr) -> syn::Result<Ident> {
    let path = document.value();
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default().replace('-', "_").to_lowercase();
    let Ok(name) = syn::parse_str::<Ident>(&stem) else {
        let message = format!("`{stem}` can't be the name of a module: write `pub mod NAME = \"{path}\"`");
        return Err(syn::Error::new(document.span(), message));
    };
    Ok(Ident::new(&name.to_string(), Span::call_site()))
}

#[cfg(test)]
mod tests {
    use quote::ToTokens as _;
    use syn::LitStr;

    use super::Call;

    fn read(text: &str) -> Result<Call, String> {
        syn::parse_str::<Call>(text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_path_alone_is_a_public_module_with_the_client() {
        let call = read("\"apis/Pet-Store.v2.yaml\"").expect("a call");
        assert_eq!(
            (call.name.to_string().as_str(), call.document.value().as_str()),
            ("pet_store", "apis/Pet-Store.v2.yaml")
        );
        assert_eq!(call.visibility.to_token_stream().to_string(), "pub");
        assert!(call.has_client && !call.has_server && call.overlay.is_none());
    }

    #[test]
    fn a_declaration_has_its_name_and_visibility() {
        let call = read("pub(crate) mod shop = \"a.json\", server, overlay = \"b.yaml\", allow_read = \"../c\",")
            .expect("a call");
        assert_eq!(call.visibility.to_token_stream().to_string(), "pub (crate)");
        assert_eq!(
            (call.name.to_string(), call.overlay.as_ref().map(LitStr::value)),
            ("shop".to_owned(), Some("b.yaml".to_owned()))
        );
        assert!(!call.has_client && call.has_server);
        assert_eq!(call.allow_read.first().map(LitStr::value).as_deref(), Some("../c"));
        let both = read("mod shop = \"a.json\", client, server").expect("a call");
        assert!(both.has_client && both.has_server && both.visibility.to_token_stream().is_empty());
    }

    #[test]
    fn an_invalid_call_says_what_to_write() {
        let message = |text: &str| read(text).err().unwrap_or_default();
        assert!(message("\"3scale.yaml\"").contains("write `pub mod NAME = \"3scale.yaml\"`"));
        assert!(message("\"type.yaml\"").contains("`type` can't be the name of a module"));
        assert!(message("\"a.yaml\", sever").contains("unknown option `sever`"));
        assert!(!message("").is_empty() && !message("\"a.yaml\" client").is_empty());
    }
}
