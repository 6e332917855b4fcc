internal import DynamoDB

/// `ExpressionAttributeNames` and `ExpressionAttributeValues` of one request.
///
/// All expressions of the request share them, and afterwards each must have been used.
final class ExpressionParameters {
    private let names: [String: String]
    private let values: [String: AttributeValue]
    private var usedNames: Set<String> = []
    private var usedValues: Set<String> = []

    /// - Parameters:
    ///   - expressions: the request's expressions, to tell whether there are any.
    ///   - front: what tells faults; nil for the older one.
    init(
        names: [String: String]?, values: [String: AttributeValue]?,
        expressions: [(kind: ExpressionKind, text: String?)], front: ValidationFront? = nil
    ) throws(DynamoDBError) {
        self.names = names ?? [:]
        self.values = values ?? [:]
        if let names { try ExpressionParameters.check(names, expressions) }
        if let values { try ExpressionParameters.check(values, expressions, front) }
    }

    private static func check(
        _ names: [String: String], _ expressions: [(kind: ExpressionKind, text: String?)]
    ) throws(DynamoDBError) {
        if expressions.allSatisfy({ $0.text == nil }) {
            throw .validation("ExpressionAttributeNames can only be specified when using expressions")
        }
        if names.isEmpty { throw .validation("ExpressionAttributeNames must not be empty") }
        try checkLengths(names.keys, "Names")
        for name in names.keys where !isReference(name, sigil: "#") {
            throw .validation("ExpressionAttributeNames contains invalid key: Syntax error; key: \"\(name)\"")
        }
        for (reference, name) in names {
            if let fault = attributeNameFault(name) {
                throw .validation("ExpressionAttributeNames contains invalid value: \(fault) for key \(reference)")
            }
        }
    }

    private static func check(
        _ values: [String: AttributeValue], _ expressions: [(kind: ExpressionKind, text: String?)],
        _ front: ValidationFront?
    ) throws(DynamoDBError) {
        let usable = expressions.filter { $0.kind != .projection }
        if usable.allSatisfy({ $0.text == nil }) {
            let kinds = usable.map(\.kind.rawValue)
            let lacking = ": \(kinds.joined(separator: " and ")) \(kinds.count > 1 ? "are" : "is") null"
            throw .validation(
                "ExpressionAttributeValues can only be specified when using expressions"
                    + (front?.isEnveloped == true ? "" : lacking))
        }
        if values.isEmpty { throw .validation("ExpressionAttributeValues must not be empty") }
        try checkLengths(values.keys, "Values")
        for name in values.keys where !isReference(name, sigil: ":") {
            throw .validation("ExpressionAttributeValues contains invalid key: Syntax error; key: \"\(name)\"")
        }
    }

    private static func checkLengths(_ references: some Sequence<String>, _ what: String) throws(DynamoDBError) {
        for reference in references where reference.utf8.count > Limits.expressionReferenceSize {
            throw .validation(
                "ExpressionAttribute\(what) contains invalid key: "
                    + "The expression attribute map contains a key that is too long; key size: \(reference.utf8.count)")
        }
    }

    private static func isReference(_ key: String, sigil: Unicode.Scalar) -> Bool {
        key.utf8.first == UInt8(ascii: sigil) && key.utf8.count > 1
            && key.utf8.dropFirst().allSatisfy { byte in
                byte == UInt8(ascii: "_") || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
                    || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
            }
    }

    /// The attribute name that `#reference` stands for.
    func name(for reference: String, in kind: ExpressionKind) throws(DynamoDBError) -> String {
        guard let name = names[reference] else {
            throw kind.error(
                "An expression attribute name used in the document path is not defined; attribute name: \(reference)")
        }
        usedNames.insert(reference)
        return name
    }

    /// The value that `:reference` stands for.
    func value(for reference: String, in kind: ExpressionKind) throws(DynamoDBError) -> AttributeValue {
        guard let value = values[reference] else {
            throw kind.error(
                "An expression attribute value used in expression is not defined; attribute value: \(reference)")
        }
        usedValues.insert(reference)
        return value
    }

    /// Refuses names and values that no expression used; to be called after parsing them all.
    func requireAllUsed() throws(DynamoDBError) {
        try ExpressionParameters.requireNone(of: names.keys.filter { !usedNames.contains($0) }, "Names")
        try ExpressionParameters.requireNone(of: values.keys.filter { !usedValues.contains($0) }, "Values")
    }

    private static func requireNone(of unused: [String], _ what: String) throws(DynamoDBError) {
        guard !unused.isEmpty else { return }
        throw .validation(
            "Value provided in ExpressionAttribute\(what) unused in expressions: "
                + "keys: {\(unused.sorted().joined(separator: ", "))}")
    }
}
