internal import DynamoDB

/// Which attributes a Query or Scan returns: `Select`, ProjectionExpression and the index's projection together.
struct Selection {
    let projection: ItemProjection?
    let countsOnly: Bool
    /// Whether a local index lacks attributes that are wanted, so that the items themselves are read.
    let readsItems: Bool

    /// SPECIFIC_ATTRIBUTES without any.
    static let namesNothing = DynamoDBError.validation(
        "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES")

    init(_ select: Select?, _ expressions: ReadExpressions, source: ReadSource) throws(DynamoDBError) {
        let projection = expressions.projection
        if projection != nil, let select, select != .specificAttributes {
            let parameter = expressions.isProjectionLegacy ? "AttributesToGet" : "ProjectionExpression"
            let choice = select == .count ? "only the Count" : select.rawValue
            throw .validation("Cannot specify the \(parameter) when choosing to get \(choice)")
        }
        switch select {
        case .specificAttributes where projection == nil:
            throw Selection.namesNothing
        case .allProjectedAttributes where source.index == nil:
            throw .validation("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")
        default: break
        }
        self.projection = projection
        countsOnly = select == .count

        guard let index = source.index, let held = index.projectedNames.map({ StringSet($0) }) else {
            readsItems = false
            return
        }
        // A filter sees what the index holds, and no more.
        let unprojected = expressions.projectedNames.filter { !held.contains($0) }
        guard index.kind == .local else {
            if select == .allAttributes {
                throw .validation(
                    "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global "
                        + "secondary index \(index.name) because its projection type is not ALL")
            }
            guard unprojected.isEmpty else {
                throw .validation(
                    "One or more parameter values were invalid: Global secondary index \(index.name) does not project "
                        + "[\(unprojected.joined(separator: ", "))]")
            }
            readsItems = false
            return
        }
        readsItems = select == .allAttributes || !unprojected.isEmpty
    }
}

extension ConditionNode {
    /// The top-level attributes that the condition is about, each once, in the order in which they appear.
    var attributeNames: [String] {
        var names = AttributeNames()
        names.add(self)
        return names.ordered
    }
}

private struct AttributeNames {
    private(set) var ordered: [String] = []
    private var seen: StringSet = []

    mutating func add(_ condition: ConditionNode) {
        switch condition {
        case .compare(_, let one, let other), .beginsWith(let one, let other), .contains(let one, let other):
            add(one)
            add(other)
        case .between(let operand, let lower, let upper):
            for operand in [operand, lower, upper] { add(operand) }
        case .within(let operand, let candidates):
            add(operand)
            for candidate in candidates { add(candidate) }
        case .exists(let path), .missing(let path): add(path)
        case .type(let operand, _): add(operand)
        case .and(let one, let other), .or(let one, let other):
            add(one)
            add(other)
        case .not(let negated): add(negated)
        }
    }

    private mutating func add(_ operand: Operand) {
        switch operand {
        case .path(let path): add(path)
        case .value: break
        case .size(let sized): add(sized)
        case .condition(let condition): add(condition)
        }
    }

    private mutating func add(_ path: DocumentPath) {
        if seen.insert(path.attribute).inserted { ordered.append(path.attribute) }
    }
}
