//! `#[activity]` on a function and `#[activities]` on an impl.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Path, ext::IdentExt};

use super::{
    arguments, attrs,
    calls::{Call, context_ident},
    outcome,
    support::{support, with_suffix},
    tables,
};
use crate::model::{ActivitiesImpl, Activity, ActivityDefaults, ActivityFn, Receiver};

/// What `#[activity]` on a function becomes: the function, and a type of the same name that schedules it.
pub fn activity_fn(function: &ActivityFn) -> TokenStream {
    let ActivityFn { item, krate, activity, stub } = function;
    let support = support(krate);
    let vis = &activity.method.vis;
    let name = activity.method.ident.unraw();
    let docs = attrs::docs_or(&activity.method.attrs, &format!("The activity `{name}`."));
    let for_item = attrs::for_item(&activity.method.attrs);
    let cfg = attrs::cfg(&activity.method.attrs);
    let generated = attrs::generated();
    let members = members(activity, None, &support);
    let call = call(activity, None, &support);
    let assertions = assertions(activity, None, &support);
    let timeout = close_timeout(&activity.defaults, &support);
    let execute = stub_method(
        activity,
        &quote!(#vis),
        &quote!(execute),
        &quote_spanned!(Span::mixed_site()=> context: &'__context impl #support::Commands),
        &quote!(<'__context>),
        &quote_spanned!(Span::mixed_site()=> #support::ExecuteActivity<'__context, Self, #timeout>),
        &quote_spanned!(Span::mixed_site()=> context),
        None,
        &support,
    );
    let users_item = attrs::users_item();
    quote_spanned! {Span::mixed_site()=>
        #users_item
        #item

        #docs
        #for_item
        #generated
        #[allow(non_camel_case_types)]
        #vis struct #stub {}

        #cfg
        #generated
        impl #stub {
            #execute
        }

        #assertions

        #cfg
        #generated
        impl #support::Activity for #stub {
            #members
            type Receiver = ();

            #call
        }
    }
}

/// What `#[activities]` on an impl becomes: the impl, and a type with a stub for each activity.
pub fn activities_impl(activities: &ActivitiesImpl) -> TokenStream {
    let ActivitiesImpl { item, krate, attrs: user, self_ty, vis, activities } = activities;
    let support = support(krate);
    let cfg = attrs::cfg(user);
    let generated = attrs::generated();
    let for_item = attrs::for_item(user);
    let owner = self_ty.segments.last().map(|segment| segment.ident.clone());
    let Some(owner) = owner else { return quote!(#item) };
    let stubs_type = with_suffix(&owner, "Activities");
    let summary = format!("The activities of [`{owner}`], called from a workflow.");
    let maker = format!("The activities of `{owner}`, to call from a workflow.");
    let stubs = activities.iter().enumerate().map(|(index, activity)| {
        let timeout = close_timeout(&activity.defaults, &support);
        let ident = &activity.method.ident;
        let docs = attrs::docs_or(&activity.method.attrs, &format!("The activity `{}`.", activity.name.value()));
        let for_item = attrs::for_item(&activity.method.attrs);
        let stub = stub_method(
            activity,
            &quote!(pub),
            &quote!(#ident),
            &quote_spanned!(Span::mixed_site()=> &self),
            &quote!(),
            &quote_spanned!(Span::mixed_site()=> #support::ExecuteActivity<'__context, #support::Method<#self_ty, #index>, #timeout>),
            &quote_spanned!(Span::mixed_site()=> self.context),
            Some(self_ty),
            &support,
        );
        quote!(#docs #for_item #stub)
    });
    let implementations = activities.iter().enumerate().map(|(index, activity)| {
        let members = members(activity, Some(owner.unraw().to_string()), &support);
        let call = call(activity, Some(self_ty), &support);
        let assertions = assertions(activity, Some(self_ty), &support);
        let method_cfg = attrs::cfg(&activity.method.attrs);
        quote_spanned! {Span::mixed_site()=>
            #cfg
            #assertions

            #cfg
            #method_cfg
            #generated
            impl #support::ActivityMethod<#index> for #self_ty {
                #members

                #call
            }
        }
    });
    let registrations = activities.iter().enumerate().map(|(index, activity)| {
        let method_cfg = attrs::cfg(&activity.method.attrs);
        quote_spanned!(Span::mixed_site()=> #method_cfg registry.add::<#support::Method<Self, #index>>(self);)
    });
    let users_item = attrs::users_item();
    quote_spanned! {Span::mixed_site()=>
        #users_item
        #item

        #[doc = #summary]
        #for_item
        #generated
        #[allow(non_camel_case_types)]
        #vis struct #stubs_type<'__context, __Context: #support::Commands> {
            context: &'__context __Context,
        }

        #cfg
        #generated
        impl<'__context, __Context: #support::Commands> #stubs_type<'__context, __Context> {
            #(#stubs)*
        }

        #cfg
        #generated
        impl #self_ty {
            #[doc = #maker]
            #vis fn activities<__Context: #support::Commands>(context: &__Context) -> #stubs_type<'_, __Context> {
                #stubs_type { context }
            }
        }

        #(#implementations)*

        #cfg
        #generated
        impl #support::Activities for #self_ty {
            fn register(self: &#support::std::sync::Arc<Self>, registry: &mut #support::ActivityRegistry) {
                #(#registrations)*
            }
        }
    }
}

/// The table and the types of an activity.
fn members(activity: &Activity, owner: Option<String>, support: &TokenStream) -> TokenStream {
    let table = tables::activity(activity, owner, support);
    let list = arguments::list_type(&activity.method.arguments);
    let split = outcome::split(support, &outcome::returned(&activity.method.output, None));
    let output = outcome::output(support, &split);
    let failure = outcome::failure(support, &split);
    let timeout = close_timeout(&activity.defaults, support);
    quote_spanned! {Span::mixed_site()=>
        const TABLE: &'static #support::ActivityTable = #table;
        type Arguments = #list;
        type Output = #output;
        type Failure = #failure;
        type CloseTimeout = #timeout;
    }
}

/// `fn call(receiver, context, arguments)`: how a worker runs it.
fn call(activity: &Activity, self_ty: Option<&Path>, support: &TokenStream) -> TokenStream {
    let method = &activity.method;
    let context = context_ident();
    let call = Call::new(method);
    let binding = call.owned_context_binding(&context);
    let list = arguments::list(&call.names);
    let parameters = call.with_owned_context(&context);
    let ident = &method.ident;
    let receiver = quote_spanned!(Span::mixed_site()=> self);
    let called = match (self_ty, method.receiver) {
        (None, _) => quote!(#ident(#parameters)),
        (Some(_), Receiver::None) => quote!(Self::#ident(#parameters)),
        (Some(_), _) => quote!(Self::#ident(&#receiver, #parameters)),
    };
    let split = outcome::split(support, &outcome::returned(&method.output, None));
    let span = outcome::output_span(&method.output, method.ident.span());
    let body = match method.asyncness {
        Some(_) => {
            let run = quote_spanned!(span=> #support::asynchronous::<#split>);
            quote_spanned!(Span::mixed_site()=> #run(async move { #called.await }))
        }
        None => {
            let run = quote_spanned!(span=> #support::blocking::<#split>);
            quote_spanned!(Span::mixed_site()=> #run(move || #called))
        }
    };
    let receiver = match self_ty {
        None => quote_spanned!(Span::mixed_site()=> _: #support::std::sync::Arc<()>),
        Some(_) => quote_spanned!(Span::mixed_site()=> self: #support::std::sync::Arc<Self>),
    };
    quote_spanned! {Span::mixed_site()=>
        fn call(
            #receiver,
            #binding: #support::ActivityContext,
            #list: Self::Arguments,
        ) -> #support::BoxFuture<'static, #support::std::result::Result<Self::Output, #support::ActivityError>> {
            #body
        }
    }
}

fn assertions(activity: &Activity, self_ty: Option<&Path>, support: &TokenStream) -> TokenStream {
    let cfg = attrs::cfg(&activity.method.attrs);
    let arguments = arguments::assertions(&activity.method.arguments, self_ty, support);
    quote_spanned! {Span::mixed_site()=>
        #cfg
        #[allow(deprecated)]
        const _: () = { #arguments };
    }
}

#[allow(clippy::too_many_arguments)]
fn stub_method(
    activity: &Activity,
    vis: &TokenStream,
    name: &TokenStream,
    first: &TokenStream,
    generics: &TokenStream,
    returns: &TokenStream,
    context: &TokenStream,
    self_ty: Option<&Path>,
    support: &TokenStream,
) -> TokenStream {
    let parameters = arguments::parameters(&activity.method.arguments, self_ty, support);
    let conversions = arguments::conversions(&activity.method.arguments, self_ty, support);
    let list = arguments::list(&arguments::names(&activity.method.arguments));
    quote_spanned! {Span::mixed_site()=>
        /// A call of the activity: await it for the result.
        #vis fn #name #generics(#first, #parameters) -> #returns {
            #conversions
            #support::ExecuteActivity::new(#context, #list)
        }
    }
}

fn close_timeout(defaults: &ActivityDefaults, support: &TokenStream) -> TokenStream {
    match (&defaults.start_to_close_timeout, &defaults.schedule_to_close_timeout) {
        (None, None) => quote!(#support::MissingTimeout),
        _ => quote!(#support::Given),
    }
}
