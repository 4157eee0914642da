//! Checks that generated code and this runtime belong together.

/// Compiles to nothing in code that was generated for these versions of the runtime, and to a
/// single error in other code: `requires!("0.1")`.
#[doc(hidden)]
#[macro_export]
macro_rules! requires {
    ("0.1") => {};
    ($series:literal) => {
        ::core::compile_error!(::core::concat!(
            "this code was generated for specwright-runtime ",
            $series,
            ", and the dependency is specwright-runtime 0.1; \
             depend on the former, or generate the code again with specwright 0.1"
        ));
    };
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_series_is_that_of_this_package() {
        let series = match (env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR")) {
            ("0", minor) => format!("0.{minor}"),
            (major, _) => major.to_owned(),
        };
        let text = include_str!("requires.rs");
        assert!(text.contains(&format!("    (\"{series}\") => {{}};")), "accept {series}");
        assert!(text.contains(&format!("specwright-runtime {series}; \\\n")), "name {series}");
        assert!(text.contains(&format!("with specwright {series}\"\n")), "name {series}");
    }
}
