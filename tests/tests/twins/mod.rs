//! The twins of the mistakes under `ui/`, compiled as part of the test.

/// Declares the twins as modules, and lists them.
macro_rules! twins {
    ($($folder:literal $kind:ident { $($name:ident)* })*) => {
        /// The twins by name.
        pub(crate) const ALL: &[&str] = &[$($(concat!(stringify!($kind), "/", stringify!($name))),*),*];

        $(
            #[path = $folder]
            mod $kind {
                $(
                    #[allow(
                        unused,
                        clippy::all,
                        clippy::pedantic,
                        reason = "a twin is as close to its mistake as can be"
                    )]
                    mod $name;
                )*
            }
        )*
    };
}

twins! {
    "../../ui/argument/pass" argument {
        call_as_fallback
        closure_as_fallback
        either_without_impl
        quoted_fallback
        repeated
        several
        several_beside_a_good_fallback
        two_things_to_do
        unknown
        unknown_far
        value_of_word
    }
    "../../ui/body/pass" body {
        mistake
        no_result
    }
    "../../ui/context/pass" context {
        name_inside_a_pattern
        no_context
        unknown_name
    }
    "../../ui/deprecated/pass" deprecated {
        constant
        gate
    }
    "../../ui/fallback/pass" fallback {
        another_type_of_a_trait
        async_for_sync
        async_order_of_parameters
        bound_not_met
        constant_of_another_value
        either_of_another_trait
        fallible_for_infallible
        function_without_self
        future_of_another_type
        lifetime_of_result
        method_by_its_name
        method_of_no_self
        method_order_of_parameters
        method_too_few_parameters
        method_too_many_parameters
        method_type_of_parameter
        method_type_of_result
        method_without_self
        mutability
        mutable_reference
        no_parameters
        nothing_for_result
        option_for_result
        order_of_parameters
        order_of_three_parameters
        owned_for_reference
        reference_for_owned
        reference_for_result
        result_for_nothing
        result_for_option
        sync_for_async
        sync_for_boxed_future
        too_few_parameters
        too_many_parameters
        tuple_for_parameters
        type_of_error
        type_of_parameter
        type_of_result
        type_that_is_not_inferred
        unknown_associated_function
        unknown_function
        unknown_method
        unsafe_function
    }
    "../../ui/item/pass" item {
        const_function
        constant
        implementation
        module
        no_body
        structure
        structure_without_fallback
    }
    "../../ui/missing/pass" missing {
        comma
        everything
        fallback
        fallback_beside_context
        fallback_of_not
        function
        key
        quotes
        text
    }
    "../../ui/module/pass" module {
        missing
        not_generated
        unknown
    }
    "../../ui/typed_api/pass" typed_api {
        another_sets_context
        question_for_a_boolean
        required_attribute_left_out
        something_else_for_a_context
        unknown_attribute
        value_outside_of_a_closed_list
        variant_left_out
    }
    "../../ui/unknown_flag/pass" unknown_flag {
        beginning
        capitals
        constant
        empty
        far
        method
        retired
        retired_constant
        retired_without_note
        spelt_alike
        typo
        variants
    }
    "../../ui/value/pass" value {
        error_for_no_result
        error_for_nothing
        error_that_does_not_convert
        no_default
        wrong_type
    }
    "../../ui/variants/pass" variants {
        expression
        identifier_for_text
        missing
        no_list
        not
        nothing_for_the_body
        repeated
        unknown
    }
    "../../ui/wrong_kind/pass" wrong_kind {
        boolean_with_variants
        constant
        constant_with_variants
        flag_with_variants
        json_flag
    }
}
