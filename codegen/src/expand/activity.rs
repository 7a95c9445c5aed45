//! `#[activity]` on a function and `#[activities]` on an impl.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Ident, Path, ext::IdentExt};

use super::{
    arguments, attrs,
    calls::Call,
    outcome,
    support::{block, place, support, with_suffix},
    tables,
};
use crate::model::{ActivitiesImpl, Activity, ActivityDefaults, ActivityFn, Receiver};

/// What `#[activity]` on a function becomes: the function, and a type of the same name that schedules it.
pub fn activity_fn(function: &ActivityFn) -> TokenStream {
    let ActivityFn { item, krate, activity, stub } = function;
    let method = &activity.method;
    let vis = &method.vis;
    let docs = attrs::docs_or(&method.attrs, &format!(" The activity `{}`.", method.ident.unraw()));
    let for_item = attrs::for_item(&method.attrs);
    let user_item = attrs::user_item();
    let parameters = arguments::parameters(&method.arguments, None);
    let values = arguments::values(&method.arguments, None);
    let members = members(activity, None);
    let call = call(activity, None);
    let items = quote_spanned! {Span::mixed_site()=>
        impl #stub {
            /// A call of the activity: await it for the result.
            #vis fn execute<'__context>(
                context: &'__context impl __::Commands,
                #parameters
            ) -> __::ExecuteActivity<'__context, Self> {
                __::ExecuteActivity::new(context, #values)
            }
        }

        impl __::Activity for #stub {
            #members
            type Receiver = ();

            #call
        }
    };
    let block = block(krate, &method.attrs, &items);
    quote! {
        #user_item
        #item

        #docs
        #for_item
        #[allow(deprecated, dead_code, unreachable_pub, non_camel_case_types)]
        #vis struct #stub {}

        #block
    }
}

/// What `#[activities]` on an impl becomes: the impl, and a type with a stub for each activity.
pub fn activities_impl(annotated: &ActivitiesImpl) -> TokenStream {
    let ActivitiesImpl { item, krate, attrs: user, self_ty, vis, activities } = annotated;
    let Some(owner) = self_ty.segments.last().map(|segment| &segment.ident) else { return quote!(#item) };
    let for_item = attrs::for_item(user);
    let user_item = attrs::user_item();
    let stubs_type = with_suffix(owner, "Activities");
    let summary = format!(" The activities of [`{owner}`], called from a workflow.");
    let maker = format!(" The activities of `{owner}`, to call from a workflow.");
    let stubs = activities.iter().enumerate().map(|(index, activity)| stub(activity, index, self_ty));
    let outside_type = with_suffix(owner, "AsyncHandle");
    let outside_summary =
        format!(" An activity of [`{owner}`] that is finished from elsewhere; its method says which one it is.");
    let by_token = format!(
        " The activity of `{owner}` that has this task token, to finish it from elsewhere; the method of the same name says \
         which one it is."
    );
    let by_id = format!(
        " The activity of `{owner}` with this id of the latest run of a workflow, to finish it from elsewhere; the method of \
         the same name says which one it is."
    );
    let outsides = activities.iter().enumerate().map(|(index, activity)| outside(activity, index, self_ty));
    let methods = activities.iter().enumerate().map(|(index, activity)| method(activity, index, self_ty, owner));
    let registrations = activities.iter().enumerate().map(|(index, activity)| {
        let cfg = attrs::cfg(&activity.method.attrs);
        let index = place(index);
        quote_spanned!(Span::mixed_site()=> #cfg registry.add::<__::Method<Self, #index>>(self);)
    });
    let items = quote_spanned! {Span::mixed_site()=>
        impl #self_ty {
            #[doc = #maker]
            #vis fn activities<__Context: __::Commands>(context: &__Context) -> #stubs_type<'_, __Context> {
                #stubs_type { context }
            }

            #[doc = #by_token]
            #vis fn async_handle(
                client: &__::Client,
                task_token: impl __::Into<__::Vec<u8>>
            ) -> #outside_type {
                #outside_type { activity: __::AsyncActivity::by_token(client, task_token) }
            }

            #[doc = #by_id]
            #vis fn async_handle_by_id(
                client: &__::Client,
                workflow_id: impl __::Into<__::String>,
                activity_id: impl __::Into<__::String>
            ) -> #outside_type {
                #outside_type { activity: __::AsyncActivity::by_id(client, workflow_id, activity_id) }
            }
        }

        impl<'__context, __Context: __::Commands> #stubs_type<'__context, __Context> {
            #(#stubs)*
        }

        impl #outside_type {
            #(#outsides)*
        }

        #(#methods)*

        impl __::Activities for #self_ty {
            fn register(self: &__::Arc<Self>, registry: &mut __::ActivityRegistry) {
                #(#registrations)*
            }
        }
    };
    let block = block(krate, user, &items);
    let support = support(krate);
    let mocks = mocks(annotated);
    quote_spanned! {Span::mixed_site()=>
        #user_item
        #item

        #[doc = #summary]
        #for_item
        #[allow(deprecated, dead_code, unreachable_pub, non_camel_case_types)]
        #vis struct #stubs_type<'__context, __Context> {
            context: &'__context __Context,
        }

        #[doc = #outside_summary]
        #for_item
        #[allow(deprecated, dead_code, unreachable_pub, non_camel_case_types)]
        #vis struct #outside_type {
            activity: #support::AsyncActivity,
        }

        #mocks

        #block
    }
}

/// What tests answer in place of the activities: only where the runtime can test.
fn mocks(activities: &ActivitiesImpl) -> TokenStream {
    let ActivitiesImpl { krate, attrs: user, self_ty, vis, activities, .. } = activities;
    let Some(owner) = self_ty.segments.last().map(|segment| &segment.ident) else { return TokenStream::new() };
    let support = support(krate);
    let for_item = attrs::for_item(user);
    let mocks_type = with_suffix(owner, "Mocks");
    let summary = format!(" The activities of [`{owner}`], to be answered by a test.");
    let maker = format!(" The activities of `{owner}`, to be answered by this test.");
    let mocks = activities.iter().enumerate().map(|(index, activity)| mock(activity, index, self_ty));
    let items = quote_spanned! {Span::mixed_site()=>
        impl #self_ty {
            #[doc = #maker]
            #vis fn mocks(env: &__::TestEnv) -> #mocks_type<'_> {
                #mocks_type { env }
            }
        }

        impl #mocks_type<'_> {
            #(#mocks)*
        }
    };
    let block = block(krate, user, &items);
    quote_spanned! {Span::mixed_site()=>
        #support::if_testing! {
            #[doc = #summary]
            #for_item
            #[allow(deprecated, dead_code, unreachable_pub, non_camel_case_types)]
            #vis struct #mocks_type<'__env> {
                env: &'__env #support::TestEnv,
            }

            #block
        }
    }
}

/// How a test answers the activity at place `index`.
fn mock(activity: &Activity, index: usize, self_ty: &Path) -> TokenStream {
    let index = place(index);
    let method = &activity.method;
    let ident = &method.ident;
    let docs = attrs::docs_or(&method.attrs, &format!(" The activity `{}`.", activity.name.value()));
    let for_item = attrs::for_item(&method.attrs);
    quote_spanned! {Span::mixed_site()=>
        #docs
        ///
        /// Answers its calls with this closure, which takes the arguments of the method.
        #for_item
        #[track_caller]
        pub fn #ident(
            &self,
            answer: impl __::Answers<
                <__::Method<#self_ty, #index> as __::Activity>::Arguments,
                Answer = __::Returned<__::Method<#self_ty, #index>>
            >
        ) -> __::Mock<__::Method<#self_ty, #index>> {
            self.env.mock::<__::Method<#self_ty, #index>>(answer)
        }
    }
}

/// How a workflow calls the activity at place `index`.
fn stub(activity: &Activity, index: usize, self_ty: &Path) -> TokenStream {
    let index = place(index);
    let method = &activity.method;
    let ident = &method.ident;
    let docs = attrs::docs_or(&method.attrs, &format!(" The activity `{}`.", activity.name.value()));
    let for_item = attrs::for_item(&method.attrs);
    let parameters = arguments::parameters(&method.arguments, Some(self_ty));
    let values = arguments::values(&method.arguments, Some(self_ty));
    quote_spanned! {Span::mixed_site()=>
        #docs
        ///
        /// A call of the activity: await it for the result.
        #for_item
        pub fn #ident(
            &self,
            #parameters
        ) -> __::ExecuteActivity<'__context, __::Method<#self_ty, #index>> {
            __::ExecuteActivity::new(self.context, #values)
        }
    }
}

/// How the activity at place `index` is finished from outside.
fn outside(activity: &Activity, index: usize, self_ty: &Path) -> TokenStream {
    let index = place(index);
    let method = &activity.method;
    let ident = &method.ident;
    let docs = attrs::docs_or(&method.attrs, &format!(" The activity `{}`.", activity.name.value()));
    let for_item = attrs::for_item(&method.attrs);
    quote_spanned! {Span::mixed_site()=>
        #docs
        ///
        /// A handle that finishes it: with its result, a failure, or its cancellation.
        #for_item
        pub fn #ident(&self) -> __::AsyncActivityHandle<__::Method<#self_ty, #index>> {
            self.activity.handle()
        }
    }
}

/// What the activity at place `index` is, and how a worker runs it.
fn method(activity: &Activity, index: usize, self_ty: &Path, owner: &Ident) -> TokenStream {
    let index = place(index);
    let cfg = attrs::cfg(&activity.method.attrs);
    let members = members(activity, Some(owner.unraw().to_string()));
    let call = call(activity, Some(&index));
    quote_spanned! {Span::mixed_site()=>
        #cfg
        impl __::ActivityMethod<#index> for #self_ty {
            #members

            #call
        }
    }
}

/// The table and the types of an activity.
fn members(activity: &Activity, owner: Option<String>) -> TokenStream {
    let table = tables::activity(activity, owner);
    let list = arguments::list_type(&activity.method);
    let outcome = outcome::members(&activity.method.output);
    let timeout = close_timeout(&activity.defaults);
    quote_spanned! {Span::mixed_site()=>
        const TABLE: &'static __::ActivityTable = #table;
        type Arguments = #list;
        #outcome
        type CloseTimeout = #timeout;
    }
}

/// `fn call(receiver, context, arguments)`: how a worker runs it. `of` is its place in an impl; a function has none.
fn call(activity: &Activity, of: Option<&Literal>) -> TokenStream {
    let method = &activity.method;
    let call = Call::new(method);
    let context = call.owned_context_binding();
    let list = arguments::list(&call.names);
    let parameters = call.with_owned_context();
    let ident = &method.ident;
    let called = match (of, method.receiver) {
        (None, _) => quote!(#ident(#parameters)),
        (Some(_), Receiver::None) => quote!(Self::#ident(#parameters)),
        (Some(_), _) => quote_spanned!(Span::mixed_site()=> Self::#ident(&self, #parameters)),
    };
    let (receiver, activity_type) = match of {
        None => (quote!(_: __::Arc<()>), quote!(Self)),
        Some(index) => (quote_spanned!(Span::mixed_site()=> self: __::Arc<Self>), quote!(__::Method<Self, #index>)),
    };
    let body = match method.asyncness {
        Some(_) => quote!(__::asynchronous::<#activity_type>(async move { #called.await })),
        None => quote!(__::blocking::<#activity_type>(move || #called)),
    };
    quote_spanned! {Span::mixed_site()=>
        fn call(
            #receiver,
            #context: __::ActivityContext,
            #list: Self::Arguments,
        ) -> __::Acting<Self::Output> {
            #body
        }
    }
}

fn close_timeout(defaults: &ActivityDefaults) -> TokenStream {
    match (&defaults.start_to_close_timeout, &defaults.schedule_to_close_timeout) {
        (None, None) => quote!(__::MissingTimeout),
        _ => quote!(__::Given),
    }
}
