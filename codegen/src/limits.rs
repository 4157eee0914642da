//! The bounds on the cost of any input, each with its unit and reason. The fields of [`Limits`] are
//! those that a program may change.
//!
//! **Invariant:** whatever exceeds a bound is left out and reported. Generating continues, unless
//! the document as a whole is too large.

/// The most that a document may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nesting of arrays and objects, aliases and inlined files included.
    pub depth: usize,
    /// Size of one file in bytes.
    pub file_bytes: usize,
    /// Number of other files that references may name.
    pub files: usize,
    /// Values in all files together; each takes about 100 bytes of memory.
    pub values: usize,
    /// Total bytes of the pointers of all values in a file. Long keys make them long, most of all
    /// above many values. A stage may write each pointer once.
    pub pointers: usize,
    /// Commas, brackets and quoted texts of a YAML file. Its parser may buffer all of them, at some
    /// 400 bytes each. Large real documents have a tenth of this number.
    pub flow_marks: usize,
    /// Memory, roughly in bytes, that YAML aliases and merge keys may add by repeating other nodes.
    pub expansion: usize,
    /// Nodes that the updates of one overlay may add: each place that a target matches gets a copy.
    pub overlay_nodes: usize,
    /// Nodes that the targets of one overlay may visit; a visit takes about 100 ns.
    pub overlay_visits: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 128,
            file_bytes: 64 << 20,
            files: 10_000,
            values: 4_000_000,
            pointers: 512 << 20,
            flow_marks: 1_000_000,
            expansion: 64 << 20,
            overlay_nodes: 500_000,
            overlay_visits: 50_000_000,
        }
    }
}

// Reading a document.

/// References to references that are followed; a longer chain counts as a cycle.
pub(crate) const REFERENCE_CHAIN: usize = 128;

/// Keys that occur twice in a file and are reported, each with its pointer.
pub(crate) const REPORTED_DUPLICATES: usize = 10_000;

/// Total bytes that may be read again to find out how a YAML file is meant.
pub(crate) const YAML_REPAIR_BYTES: usize = 128 << 20;

/// References from file to file that are followed.
pub(crate) const FILE_CHAIN: usize = 64;

/// Levels of nodes that are visited; the loader makes no document this deep.
pub(crate) const WALK_DEPTH: usize = 512;

/// Bases of bases that are followed in Swagger 2.0.
pub(crate) const BASE_CHAIN: usize = 32;

// Overlays.

/// Nodes that are copied for a search in the time that one visit takes.
pub(crate) const NODES_COPIED_PER_VISIT: u64 = 4;

/// Bytes of a JSONPath.
pub(crate) const TARGET_BYTES: usize = 4096;

/// Levels of brackets in a JSONPath; its parser tries alternatives at each.
pub(crate) const TARGET_DEPTH: usize = 8;

/// Descendant steps (`..`) of a JSONPath; each multiplies the work by the depth of the document.
pub(crate) const TARGET_DESCENDANTS: usize = 2;

// Patterns of defaults and examples.

/// Bytes of an expression that is compiled.
pub(crate) const PATTERN_BYTES: usize = 8_192;

/// Bytes of an expression that is matched. Compiling a longer one would take too long.
pub(crate) const MATCHED_PATTERN_BYTES: usize = 2_048;

/// Levels of groups; more could exhaust the stack of the compiler.
pub(crate) const PATTERN_DEPTH: usize = 100;

/// States of the linear engine. With more of them, compiling would take too long.
pub(crate) const PATTERN_STATES: u64 = 2_000;

/// Steps to match one text: a fifth of a millisecond at most.
pub(crate) const PATTERN_STEPS: u64 = 50_000;

// Lowering.

/// Rounds of resolving references: a new component can hold further ones. Real documents need two.
pub(crate) const REFERENCE_ROUNDS: usize = 8;

/// Components that refer to components; a longer chain counts as a cycle.
pub(crate) const COMPONENT_CHAIN: usize = 16;

/// The depth of a template of refusals.
pub(crate) const REFUSAL_DEPTH: usize = 6;

/// Generic schemas that extend generic schemas.
pub(crate) const GENERIC_DEPTH: usize = 8;

/// Nodes of generic schemas that are copied: each use of one has a copy of it.
pub(crate) const GENERIC_NODES: usize = 200_000;

/// Dangling references that get a suggestion. In a document full of them, comparing the names would
/// take hours.
pub(crate) const SUGGESTIONS: usize = 200;

/// Nodes that inlining may add, each with 64 bytes of text. Callbacks within callbacks can multiply
/// without bound.
pub(crate) const INLINED_NODES: usize = 4_000_000;

/// Components that are inlined into each other: callbacks that contain themselves end here.
pub(crate) const INLINED_DEPTH: usize = 12;

/// Rounds of cutting cycles. Each makes the graph smaller. Real documents need two.
pub(crate) const CYCLE_ROUNDS: usize = 32;

/// Compositions within compositions that are searched for cycles.
pub(crate) const COMPOSITION_DEPTH: usize = 64;

/// Callbacks within callbacks; deeper ones are removed.
pub(crate) const CALLBACK_DEPTH: usize = 4;

// Types.

/// What the types of a document may cost: so much for any document, and so much for each of its nodes.
/// Chains of schemas that extend one another would cost the square or the cube of their length.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    pub(crate) any: usize,
    pub(crate) per_node: usize,
}

impl Share {
    /// The budget of a document with so many nodes.
    pub(crate) const fn of(self, nodes: usize) -> usize {
        self.any.saturating_add(nodes.saturating_mul(self.per_node))
    }
}

/// Schemas that may be visited to merge what all schemas extend. A visit takes about 100 ns with what
/// follows from it. Documents in use need two for each node.
pub(crate) const MERGE_VISITS: Share = Share { any: 200_000, per_node: 16 };

/// Properties of the merged schemas that cost as much as a visit.
pub(crate) const PROPERTIES_PER_VISIT: usize = 4;

/// Schemas that one merge visits even after the budget of all is spent.
pub(crate) const LEAST_MERGE_VISITS: usize = 64;

/// Schemas that may be inspected for all types together. An inspection takes 2 to 10 µs. Documents in
/// use need a third for each node.
pub(crate) const INSPECTIONS: Share = Share { any: 20_000, per_node: 2 };

/// Schemas that may be inspected for a type even after the budget for all types is spent.
pub(crate) const LEAST_INSPECTIONS: u32 = 100;

/// Schemas that may be inspected for one type.
pub(crate) const INSPECTIONS_PER_TYPE: u32 = 20_000;

/// Alternatives and lists within each other. Deeper ones become any JSON.
pub(crate) const ALTERNATIVES_DEPTH: usize = 48;

/// Members of a union that are searched for schemas.
pub(crate) const SEARCHED_MEMBERS: usize = 64;

/// Unions within unions whose tag values are read.
pub(crate) const CLAIMS_DEPTH: usize = 6;

/// Schemas that are visited to tell subtypes apart: for each schema with a discriminator, its own or
/// inherited, those that extend it, each with all that it extends. Documents in use need a thousand.
pub(crate) const SUBTYPE_VISITS: Share = Share { any: 50_000, per_node: 4 };

/// Combinations of several sets of alternatives.
pub(crate) const COMBINATIONS: usize = 32;

/// Bases that are merged into alternatives, if those have alternatives themselves.
pub(crate) const MERGED_BASES: usize = 3;

/// Nested references that a probe follows.
pub(crate) const PROBE_DEPTH: usize = 4;

/// Types that are each made of several nodes.
pub(crate) const MERGED_TYPES: usize = 20_000;

/// Properties of all structs. Each becomes 120 bytes of Rust, so this is what a document can make of
/// `allOf`, which repeats the properties of each schema in all that extend it. Documents in use have a
/// fifth for each node.
pub(crate) const FIELDS: Share = Share { any: 20_000, per_node: 1 };

/// Schemas of one name that are compared with one another.
pub(crate) const COMPARED_SCHEMAS: usize = 16;

/// Lists of lists. Deeper ones become any JSON.
pub(crate) const LIST_DEPTH: usize = 24;

/// Steps of the path of a schema. Longer paths come from schemas that merge with themselves
/// endlessly.
pub(crate) const PLACE_DEPTH: usize = 200;

/// Nodes of one conjunction.
pub(crate) const CONJUNCTION_NODES: usize = 4096;

/// Tuples within tuples whose size is measured.
pub(crate) const TUPLE_DEPTH: usize = 8;

/// Schemas of one body that are compared with one another.
pub(crate) const COMPARED_BODIES: usize = 8;

/// Types that are visited to classify one part of a form.
pub(crate) const PART_TYPES: u32 = 200;

/// Schemas that are visited to find the kind of a value. Beyond this number, the kind is mixed.
pub(crate) const VALUE_KIND_SCHEMAS: u32 = 500;

/// Types that are visited to find out whether a property can be empty.
pub(crate) const EMPTINESS_TYPES: usize = 200;

/// Types that the modules of all tags list together. Each tag can reach every type, so they grow with
/// the square of the document.
pub(crate) const LISTED_TYPES: usize = 300_000;

// Following types.

/// Aliases of aliases.
pub(crate) const ALIAS_CHAIN: usize = 32;

/// Shapes within shapes at one use of a type. Cycles go through names, so no real document has as
/// many.
pub(crate) const SHAPE_DEPTH: usize = 64;

/// Lists of lists, maps of maps and aliases.
pub(crate) const CONTAINER_DEPTH: usize = 16;

// Values that are made for tests and examples.

/// Levels of an example whose properties are sorted by direction.
pub(crate) const EXAMPLE_DEPTH: usize = 32;

/// Levels of an object that has optional properties.
pub(crate) const VALUE_DEPTH_OF_OPTIONAL: usize = 4;

/// Levels of a value.
pub(crate) const VALUE_DEPTH: usize = 12;

/// Items of a list.
pub(crate) const VALUE_ITEMS: u64 = 64;

/// Characters of a text, and items of a list that breaks its constraint.
pub(crate) const VALUE_CHARS: u64 = 10_000;

/// Levels of a value that is changed.
pub(crate) const BROKEN_DEPTH: usize = 8;

// Pages and assertions.

/// Levels of properties among which a list and its next page are looked for.
pub(crate) const PAGING_DEPTH: usize = 3;

/// Properties of a body, those at the top first, among which a list and its next page are looked for.
pub(crate) const PAGING_PLACES: usize = 200;

/// Schemas within schemas that an assertion follows.
pub(crate) const ASSERTION_DEPTH: usize = 8;

/// Keywords of one assertion.
pub(crate) const ASSERTION_KEYWORDS: usize = 500;

// Documentation.

/// Characters of a description. Longer ones are cut: a text of this size is a book, not
/// documentation.
pub(crate) const DESCRIPTION_CHARS: usize = 20_000;

// Drift.

/// Members of `allOf` that are merged into one object, nested ones included.
pub(crate) const DRIFT_MEMBERS: usize = 256;

/// References and wrappers that are followed from one schema.
pub(crate) const DRIFT_LAYERS: usize = 64;

/// Levels beyond which schemas are assumed to differ.
pub(crate) const DRIFT_DEPTH: usize = 48;

/// Renamed types that mention renamed types.
pub(crate) const RENAME_ROUNDS: usize = 8;

/// Bytes of a document whose rewritten forms are compared.
pub(crate) const IDENTITY_BYTES: usize = 32 << 20;

/// References within references that are inlined. A document that refers to itself has no end.
pub(crate) const INLINING_DEPTH: usize = 3;
