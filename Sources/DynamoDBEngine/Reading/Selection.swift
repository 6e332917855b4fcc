internal import DynamoDB

/// Which attributes a Query or Scan returns: `Select`, ProjectionExpression and the index's projection together.
struct Selection {
    let projection: ItemProjection?
    let countsOnly: Bool
    /// Whether a local index lacks attributes that are wanted, so that the items themselves are read.
    let readsItems: Bool

    init(
        _ select: Select?, projection: ItemProjection?, filter: ConditionNode?, source: ReadSource
    ) throws(DynamoDBError) {
        if projection != nil, let select, select != .specificAttributes {
            let choice = select == .count ? "only the Count" : select.rawValue
            throw .validation("Cannot specify the ProjectionExpression when choosing to get \(choice)")
        }
        switch select {
        case .specificAttributes where projection == nil:
            throw .validation(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES")
        case .allProjectedAttributes where source.index == nil:
            throw .validation("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")
        default: break
        }
        self.projection = projection
        countsOnly = select == .count

        guard let index = source.index, let held = index.projectedNames else {
            readsItems = false
            return
        }
        let named = StringSet(projection?.attributes.keys.map { $0 } ?? []).union(filter?.attributeNames ?? [])
        let lacking = named.subtracting(StringSet(held))
        guard index.kind == .local else {
            if select == .allAttributes {
                throw .validation(
                    "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global "
                        + "secondary index \(index.name) because its projection type is not ALL")
            }
            let unprojected = StringSet(projection?.attributes.keys.map { $0 } ?? []).subtracting(StringSet(held))
            guard unprojected.isEmpty else {
                throw .validation(
                    "One or more parameter values were invalid: Global secondary index \(index.name) does not project "
                        + "[\(unprojected.sorted().joined(separator: ", "))]")
            }
            readsItems = false
            return
        }
        readsItems = select == .allAttributes || !lacking.isEmpty
    }
}

extension ConditionNode {
    /// The top-level attributes that the condition is about.
    var attributeNames: StringSet {
        switch self {
        case .compare(_, let one, let other), .beginsWith(let one, let other), .contains(let one, let other):
            one.attributeNames.union(other.attributeNames)
        case .between(let operand, let lower, let upper):
            operand.attributeNames.union(lower.attributeNames).union(upper.attributeNames)
        case .within(let operand, let candidates):
            candidates.reduce(operand.attributeNames) { $0.union($1.attributeNames) }
        case .exists(let path), .missing(let path): [path.attribute]
        case .type(let operand, _): operand.attributeNames
        case .and(let one, let other), .or(let one, let other): one.attributeNames.union(other.attributeNames)
        case .not(let negated): negated.attributeNames
        }
    }
}

extension Operand {
    var attributeNames: StringSet {
        switch self {
        case .path(let path): [path.attribute]
        case .value: []
        case .size(let sized): sized.attributeNames
        }
    }
}
