//! A macro for methods of the generated traits that consist of one expression.

/// Defines methods. For example,
/// `get_user(service, caller, input: GetUserInput) -> GetUserSuccess::Ok, GetUserError = service.read(&input);`
/// awaits the expression and returns its value in that variant.
macro_rules! methods {
    ($($name:ident($service:ident, $caller:ident, $input:ident: $in:ident) -> $success:ident::$variant:ident, $error:ident = $work:expr;)*) => {
        $(async fn $name(
            &self,
            $caller: Self::Principal,
            $input: api::$in,
            _: Context,
        ) -> Result<ops::$success, Failure<ops::$error>> {
            let $service = self;
            Ok($crate::providers::methods::methods!(@response $success $variant, $work.await?))
        })*
    };
    (@response $success:ident NoContent, $work:expr) => {{ $work; ops::$success::NoContent }};
    (@response $success:ident $variant:ident, $work:expr) => { ops::$success::$variant($work) };
}

pub(super) use methods;
