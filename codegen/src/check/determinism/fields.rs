//! Fields of the state that cannot be replayed.

use quote::ToTokens;
use syn::{Field, ItemStruct, Path, Type, TypePath, visit_mut::VisitMut};

use super::allow;
use crate::{model::StateField, parse::take_allow, report::Report};

/// Types that need no question: those of the prelude and of numbers, and containers, whose parts are looked at themselves.
const KNOWN: [&str; 31] = [
    "bool",
    "char",
    "str",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "f32",
    "f64",
    "String",
    "Vec",
    "VecDeque",
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
    "Option",
    "Result",
    "Box",
    "Rc",
    "Arc",
    "Cell",
    "RefCell",
    "Duration",
];

/// The fields whose types the compiler is asked about.
pub(in crate::check) fn check_fields(item: &mut ItemStruct, krate: &Path, report: &mut Report) -> Vec<StateField> {
    if let Some(attribute) = take_allow(&mut item.attrs, krate, report) {
        allow::refuse(&attribute, report);
    }
    let fields = item.fields.iter_mut().enumerate();
    fields.filter_map(|(index, field)| check_field(index, field, krate, report)).collect()
}

fn check_field(index: usize, field: &mut Field, krate: &Path, report: &mut Report) -> Option<StateField> {
    let allow = take_allow(&mut field.attrs, krate, report);
    let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
    let mut parts = Parts(Vec::new());
    parts.visit_type_mut(&mut field.ty.clone());
    let parts = parts.0;
    if parts.is_empty() {
        if let Some(attribute) = allow {
            let message = format!(
                "`#[durably::allow]` lifts nothing here: no check finds fault with field `{name}`, so remove it"
            );
            report.error(attribute, message);
        }
        return None;
    }
    let cfg = field.attrs.iter().filter(|attr| attr.path().is_ident("cfg")).cloned().collect();
    Some(StateField { cfg, name, ty: field.ty.clone(), parts, allow })
}

/// The types in a type, itself first.
struct Parts(Vec<Type>);

impl VisitMut for Parts {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        match ty {
            // What a function takes or a trait object does is not kept in the field.
            Type::FnPtr(_) | Type::TraitObject(_) | Type::ImplTrait(_) | Type::Macro(_) => {}
            Type::Path(path) => {
                if is_asked(path) {
                    self.0.push(Type::Path(path.clone()));
                }
                syn::visit_mut::visit_type_path_mut(self, path);
            }
            other => syn::visit_mut::visit_type_mut(self, other),
        }
    }
}

fn is_asked(path: &TypePath) -> bool {
    let segments = &path.path.segments;
    let known = segments.last().is_some_and(|last| KNOWN.iter().any(|name| last.ident == name));
    let names_self = path.to_token_stream().into_iter().any(|token| token.to_string() == "Self");
    path.qself.is_none() && !known && !names_self
}
