//! Keys of services and environments.

use super::shared::WITH;
use crate::key::{ANYTHING, FLAG, Row, TEXT, key};
use crate::{EntityKind, MappingKind, Takes};

const SIDE_BY_SIDE: Row = key(
    "parallel",
    FLAG,
    "`true` lets the items run side by side. Missing means one after the other by the published schema; the documentation differs.",
);
const SERVICE_ID: Row =
    key("id", &[Takes::Reference(EntityKind::Service)], "Identifier of the service.");
const ENVIRONMENT_ID: Row =
    key("id", &[Takes::Reference(EntityKind::Environment)], "Identifier of the environment.");
const REF: Row =
    key("ref", TEXT, "The branch it is kept in. It has no part in the order.").no_bearing();
const TYPE: Row =
    key("type", TEXT, "Type of the deployment. It has no part in the order.").no_bearing();
const RESOLVING: Row = key(
    "on-failure",
    ANYTHING,
    "Effect of a failure while it is resolved. It has no part in the order.",
)
.no_bearing();
const DEPLOY_TO: Row = key(
    "deploy-to",
    &[
        Takes::Reference(EntityKind::Infrastructure),
        Takes::References(EntityKind::Infrastructure),
        Takes::List(MappingKind::V1Infrastructure),
    ],
    "Its infrastructures: one, a list, or `all`. They are the targets in order.",
);
const FILTERS: Row = key(
    "filters",
    &[Takes::List(MappingKind::V1Filter)],
    "Chooses by tags, as the documents of the entities have them. A target is kept by a filter that keeps both of its halves.",
);
const ENVIRONMENT_ITEMS: Row = key(
    "items",
    &[Takes::List(MappingKind::V1Environment), Takes::References(EntityKind::Environment)],
    "Several environments. Their infrastructures, one environment after the other, are the targets in order.",
);

pub(in super::super) const SERVICES: &[Row] = &[
    key(
        "items",
        &[Takes::References(EntityKind::Service), Takes::List(MappingKind::V1Service)],
        "The services, in the order in which they start.",
    ),
    SIDE_BY_SIDE,
    SERVICE_ID,
    REF,
    WITH,
    TYPE,
    RESOLVING,
];

pub(in super::super) const SERVICE: &[Row] = &[SERVICE_ID, REF, WITH, TYPE];

pub(in super::super) const ENVIRONMENTS: &[Row] = &[
    ENVIRONMENT_ID,
    DEPLOY_TO,
    ENVIRONMENT_ITEMS,
    key(
        "group",
        &[Takes::Mapping(MappingKind::V1EnvironmentGroup), Takes::Reference(EntityKind::Group)],
        "The environments of a group. A document `environmentGroup:` in the same text tells which.",
    ),
    FILTERS,
    SIDE_BY_SIDE,
    WITH,
    RESOLVING,
];

pub(in super::super) const ENVIRONMENT: &[Row] = &[ENVIRONMENT_ID, DEPLOY_TO, FILTERS, WITH];

pub(in super::super) const INFRASTRUCTURE: &[Row] = &[
    key("id", &[Takes::Reference(EntityKind::Infrastructure)], "Identifier of the infrastructure."),
    WITH,
];

pub(in super::super) const GROUP: &[Row] = &[
    key("id", &[Takes::Reference(EntityKind::Group)], "Identifier of the group."),
    ENVIRONMENT_ITEMS,
    FILTERS,
    SIDE_BY_SIDE,
];

const KEPT: &[Takes] = &[
    Takes::Words(&["all"]),
    Takes::List(MappingKind::V1FilterCondition),
    Takes::Mapping(MappingKind::V1FilterSides),
];

pub(in super::super) const FILTER: &[Row] = &[
    key(
        "environments",
        KEPT,
        "The environments it keeps: `all`, or those that fit one of the conditions.",
    ),
    key(
        "infrastructures",
        KEPT,
        "The infrastructures it keeps: `all`, or those that fit one of the conditions.",
    ),
];

const CONDITIONS: &[Takes] = &[Takes::List(MappingKind::V1FilterCondition)];

pub(in super::super) const FILTER_SIDES: &[Row] = &[
    key("or", CONDITIONS, "Conditions of which one must hold."),
    key("and", CONDITIONS, "Conditions that must hold, all of them."),
];

pub(in super::super) const FILTER_CONDITION: &[Row] = &[key(
    "tags",
    &[Takes::Mapping(MappingKind::V1FilterTags)],
    "A condition on the tags of an entity.",
)];

pub(in super::super) const FILTER_TAGS: &[Row] = &[
    key("in", ANYTHING, "Tags of which an entity must have one."),
    key("all", ANYTHING, "Tags of which an entity must have every one."),
];
