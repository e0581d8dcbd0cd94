//! Functions of several arguments, for `starmap`.

/// Several arguments in one: a tuple of up to four.
pub trait Tuple: sealed::Sealed {}

/// A function whose arguments come as a [`Tuple`].
pub trait Spread<I, O> {
    /// Calls it.
    fn call(&self, arguments: &I) -> O;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! tuples {
    ($($($name:ident)+;)+) => {$(
        impl<$($name),+> sealed::Sealed for ($($name,)+) {}
        impl<$($name),+> Tuple for ($($name,)+) {}

        impl<Function, Output, $($name),+> Spread<($($name,)+), Output> for Function
        where
            Function: Fn($(&$name),+) -> Output,
        {
            #[allow(non_snake_case)] // each value is named as its type
            fn call(&self, ($($name,)+): &($($name,)+)) -> Output {
                self($($name),+)
            }
        }
    )+};
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
}
