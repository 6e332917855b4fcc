internal import DynamoDB

/// What an update does to an item: what an UpdateExpression or AttributeUpdates say.
struct ItemUpdate: Sendable {
    /// The actions at the ends of their document paths, by attribute.
    let attributes: AttributeMap<PathTree<UpdateAction>>
    /// The document paths of the actions.
    let paths: [DocumentPath]
    /// The attributes that it changes or reads; the others do not matter to it.
    let names: SoughtNames
    /// Whether the update makes an item where there is none. Actions that only take away do not.
    let createsItem: Bool
    /// What the item is when it is refused.
    let origin: ItemOrigin

    init(
        _ actions: [(path: DocumentPath, action: UpdateAction)], from origin: ItemOrigin = .update
    ) throws(DynamoDBError) {
        self.origin = origin
        attributes = try PathTree.trees(of: actions.map { ($0.path, $0.action) }, kind: .update)
        paths = actions.map(\.path)
        var names: [String] = []
        for (path, action) in actions {
            names.append(path.attribute)
            if case .set(let operand) = action { operand.addAttributes(to: &names) }
        }
        self.names = SoughtNames(names)
        createsItem = actions.isEmpty || actions.contains { $0.action.gives }
    }

    /// The attributes that are set to values of the request.
    var literals: Item {
        attributes.compactMapValues { tree in
            if case .end(.set(.value(let value))) = tree { value } else { nil }
        }
    }
}

/// What an update does at one document path.
enum UpdateAction: Sendable {
    case set(UpdateOperand)
    case remove
    /// Adds to a number or a set.
    case add(AttributeValue)
    /// Takes members out of a set.
    case delete(AttributeValue)

    fileprivate var gives: Bool {
        switch self {
        case .set, .add: true
        case .remove, .delete: false
        }
    }
}

/// What an attribute is set to. Paths are read from the item as it was before the update.
indirect enum UpdateOperand: Sendable {
    case value(AttributeValue)
    case path(DocumentPath)
    case ifNotExists(DocumentPath, UpdateOperand)
    case listAppend(UpdateOperand, UpdateOperand)
    case sum(UpdateOperand, UpdateOperand)
    case difference(UpdateOperand, UpdateOperand)
}

extension UpdateOperand {
    /// Adds the attributes that are read.
    fileprivate func addAttributes(to names: inout [String]) {
        switch self {
        case .value: break
        case .path(let path): names.append(path.attribute)
        case .ifNotExists(let path, let fallback):
            names.append(path.attribute)
            fallback.addAttributes(to: &names)
        case .listAppend(let first, let second), .sum(let first, let second), .difference(let first, let second):
            first.addAttributes(to: &names)
            second.addAttributes(to: &names)
        }
    }
}
