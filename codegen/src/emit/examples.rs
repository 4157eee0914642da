//! Prints a program that reads every valid example into its type, writes it back, and counts the
//! examples that are unchanged.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::source::printer;
use super::types::Portable;
use super::{Printer, Scope, SourceFile};
use crate::ir::examples::Example;
use crate::ir::model::Api;

/// The number of examples in one printed function. Functions of thousands of lines compile slowly.
const PER_FUNCTION: usize = 50;

/// The file `examples/round_trip.rs` of a crate of its own, which is named `crate_name` in code.
#[must_use]
pub fn file<'a>(api: &'a Api, examples: &'a [Example], crate_name: &'a str) -> SourceFile<'a> {
    // A type that contains files is sent as parts of a form, never as JSON.
    let portable = Portable::of(&api.types);
    let examples: Vec<&Example> = examples.iter().filter(|example| portable.allows(&example.ty)).collect();
    let valid: Vec<&Example> = examples.iter().copied().filter(|example| example.valid).collect();
    let chunks: Vec<Vec<&Example>> = valid.chunks(PER_FUNCTION).map(<[_]>::to_vec).collect();
    let counts = Counts { total: examples.len(), valid: valid.len(), functions: chunks.len() };
    let mut printers: Vec<Printer<'a>> = vec![printer(move || program(crate_name, counts))];
    printers.extend(
        chunks.into_iter().enumerate().map(|(index, chunk)| printer(move || tries(api, &function(index), &chunk))),
    );
    SourceFile::rust("examples/round_trip.rs", printers)
}

/// How many examples and functions a program has.
#[derive(Clone, Copy)]
struct Counts {
    total: usize,
    valid: usize,
    functions: usize,
}

/// `main`, which calls the functions, and what they call.
fn program(crate_name: &str, counts: Counts) -> TokenStream {
    let name = quote::format_ident!("{crate_name}");
    let Counts { total, valid, functions } = counts;
    let calls = (0..functions).map(function);
    quote! {
        #![doc = " Reads every valid example of the document into its type, writes it back, and counts those that are unchanged."]
        #![allow(deprecated, reason = "examples of deprecated schemas are examples too")]

        #[allow(unused_imports, reason = "examples may all be of built-in types")]
        use #name::types;
        use serde::Serialize;
        use serde::de::DeserializeOwned;
        use serde_json::Value;

        fn main() {
            let good: [usize; #functions] = [#(#calls()),*];
            let good: usize = good.iter().sum();
            println!("{}", serde_json::json!({ "total": #total, "valid": #valid, "round_tripped": good }));
        }

        #[allow(dead_code, reason = "a document may have no examples")]
        fn try_one<T: Serialize + DeserializeOwned>(pointer: &str, text: &str, good: &mut usize) {
            let Ok(value) = serde_json::from_str::<Value>(text) else { return };
            // The value passes through text, as it does when it is sent. A number of single
            // precision then has no more digits than it needs.
            let typed = serde_json::from_str::<T>(text);
            match typed.and_then(|typed| serde_json::to_string(&typed)).and_then(|text| serde_json::from_str(&text)) {
                Ok(back) if same(&value, &back) => *good += 1,
                Ok(back) => eprintln!("{pointer}: {value} came back as {back}"),
                Err(error) => eprintln!("{pointer}: {error}"),
            }
        }

        #[doc = " Whether two values are the same JSON; numbers are compared by value."]
        fn same(a: &Value, b: &Value) -> bool {
            match (a, b) {
                (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
                (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
                (Value::Object(a), Value::Object(b)) => {
                    a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
                }
                _ => a == b,
            }
        }
    }
}

/// A function that tries some examples and returns how many are unchanged.
fn tries(api: &Api, name: &Ident, examples: &[&Example]) -> TokenStream {
    let scope = Scope::beside(&api.types);
    let tries = examples.iter().map(|example| {
        let (pointer, ty, text) = (&example.pointer, scope.ty(&example.ty), example.value.to_string());
        quote!(try_one::<#ty>(#pointer, #text, &mut good);)
    });
    quote! {
        fn #name() -> usize {
            let mut good = 0;
            #(#tries)*
            good
        }
    }
}

/// The name of the function that tries one chunk of the examples.
fn function(index: usize) -> Ident {
    quote::format_ident!("part_{index}")
}
