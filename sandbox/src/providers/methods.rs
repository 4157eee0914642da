//! The methods of the generated traits whose work is one expression.

/// Writes methods: `get_user(service, caller, input: GetUserInput) -> GetUserSuccess::Ok, GetUserError = service.read(&input);`
/// awaits the expression and answers its value with that variant.
macro_rules! methods {
    ($($name:ident($service:ident, $caller:ident, $input:ident: $in:ident) -> $success:ident::$variant:ident, $error:ident = $work:expr;)*) => {
        $(async fn $name(
            &self,
            $caller: Self::Principal,
            $input: api::$in,
            _: Context,
        ) -> Result<ops::$success, Failure<ops::$error>> {
            let $service = self;
            Ok($crate::providers::methods::methods!(@answer $success $variant, $work.await?))
        })*
    };
    (@answer $success:ident NoContent, $work:expr) => {{ $work; ops::$success::NoContent }};
    (@answer $success:ident $variant:ident, $work:expr) => { ops::$success::$variant($work) };
}

pub(super) use methods;
