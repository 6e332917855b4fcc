internal import DynamoDB

/// The attributes that the expressions and the older parameters of a request name.
///
/// An expression that cannot be read counts as one of all attributes. The request fails because of it anyway, unless whoever
/// asks may not even do that.
struct AccessedAttributes {
    private(set) var values = Access.Values.listed([])
    private let parameters: ExpressionParameters?

    init(names: [String: String]? = nil, values: [String: AttributeValue]? = nil) {
        // Whether each is used, and with which expressions, is checked when the request is carried out.
        parameters = try? ExpressionParameters(names: names, values: values, expressions: [(.filter, "")])
    }

    mutating func add(_ names: some Sequence<String>) {
        guard case .listed(var listed) = values else { return }
        listed += names
        values = .listed(listed)
    }

    mutating func addAll() { values = .all }

    /// Adds those of a condition, and gives it; nil if there is none that can be read.
    @discardableResult
    mutating func add(condition: String?, kind: ExpressionKind = .condition) -> ConditionNode? {
        guard let condition else { return nil }
        let node = parameters.flatMap { parameters in
            try? ExpressionParser.condition(condition, kind: kind, parameters: parameters)
        }
        guard let node else {
            addAll()
            return nil
        }
        add(node.attributeNames)
        return node
    }

    mutating func add(update: String?) {
        guard let update else { return }
        guard let parameters, let read = try? ExpressionParser.update(update, parameters: parameters) else {
            return addAll()
        }
        add(read)
    }

    mutating func add(_ update: ItemUpdate) { add(update.names.all) }

    /// Adds what a read returns.
    ///
    /// - Parameters:
    ///   - held: what an index holds; nil for everything.
    mutating func add(projection: String?, attributesToGet: [String]?, held: [String]? = nil) {
        if let projection {
            guard let parameters, let read = try? ExpressionParser.projection(projection, parameters: parameters) else {
                return addAll()
            }
            add(read.attributes.keys)
        }
        if let attributesToGet { add(attributesToGet) }
        guard projection == nil, attributesToGet == nil else { return }
        if let held { add(held) } else { addAll() }
    }

    /// Adds what a page of a query or a scan returns.
    mutating func add(projection: String?, attributesToGet: [String]?, _ select: Select?, of index: Index?) {
        guard select != .count else { return }
        add(
            projection: projection, attributesToGet: attributesToGet,
            held: select == .allAttributes ? nil : index?.projectedNames)
    }
}

extension Access {
    /// `Select`, as AWS gives it where the request does not.
    static func select(_ given: Select?, isProjected: Bool, index: String? = nil) -> String {
        (given ?? (isProjected ? .specificAttributes : index == nil ? .allAttributes : .allProjectedAttributes))
            .rawValue
    }

    /// Notes the capacity that a request asks to be told, as AWS gives it where the request does not.
    mutating func tells(_ capacity: ReturnConsumedCapacity?) {
        returnConsumedCapacity = (capacity ?? ReturnConsumedCapacity.none).rawValue
    }

    /// The partition key's values of items, or of primary keys.
    static func leadingKeys(_ items: some Sequence<Item>, of key: KeyLayout?) -> Values {
        guard let name = key?.partition.first?.name else { return .all }
        var texts: [String] = []
        for item in items {
            guard let text = item[name]?.conditionText else { return .all }
            texts.append(text)
        }
        return .listed(texts)
    }

    /// The partition key's values that a condition asks for.
    static func leadingKeys(_ condition: ConditionNode?, of key: KeyLayout?) -> Values {
        guard let name = key?.partition.first?.name, let condition else { return .all }
        let texts = condition.conjuncts.compactMap { $0.equality(of: name) }.map(\.conditionText)
        let known = texts.compactMap { $0 }
        return known.isEmpty || known.count < texts.count ? .all : .listed(known)
    }
}

extension AttributeValue {
    /// A key's value as conditions compare it: numbers in their shortest form, binary values in base 64.
    var conditionText: String? {
        switch self {
        case .string(let text): return text
        case .number(let number): return number.description
        case .binary(let bytes):
            var text: [UInt8] = []
            Base64.encode(bytes, to: &text)
            return String(decoding: text, as: UTF8.self)
        default: return nil
        }
    }
}
