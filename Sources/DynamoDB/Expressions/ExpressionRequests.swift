/// A request with expressions that name attributes.
public protocol NamingRequest {
    /// What the `#name` placeholders in the expressions stand for.
    var expressionAttributeNames: [String: String]? { get set }
}

/// A request with expressions that hold values.
public protocol ValuingRequest: NamingRequest {
    /// What the `:value` placeholders in the expressions stand for.
    var expressionAttributeValues: [String: AttributeValue]? { get set }
}

/// A write that happens only when a condition is true.
public protocol ConditionalRequest: ValuingRequest {
    /// The write happens only when this is true of the stored item.
    var conditionExpression: String? { get set }
}

/// A read that drops items.
public protocol FilteringRequest: ValuingRequest {
    /// What is dropped after reading and before returning.
    var filterExpression: String? { get set }
}

/// A read that returns parts of items.
public protocol ProjectingRequest: NamingRequest {
    /// The attributes to return; nil for all.
    var projectionExpression: String? { get set }
}

extension PutItemInput: ConditionalRequest {}
extension DeleteItemInput: ConditionalRequest {}
extension UpdateItemInput: ConditionalRequest {}
extension Put: ConditionalRequest {}
extension Delete: ConditionalRequest {}
extension Update: ConditionalRequest {}
extension QueryInput: FilteringRequest, ProjectingRequest {}
extension ScanInput: FilteringRequest, ProjectingRequest {}
extension GetItemInput: ProjectingRequest {}
extension Get: ProjectingRequest {}
extension KeysAndAttributes: ProjectingRequest {}

extension ValuingRequest {
    /// The request with one more expression, whose names and values join those that are there.
    ///
    /// What the request asked for already, and what its author wrote by hand, holds as well.
    fileprivate func adding(
        _ member: WritableKeyPath<Self, String?>, _ text: (inout Placeholders) -> String,
        joined: (String, String) -> String = { "\(parenthesized($0)) AND \(parenthesized($1))" }
    ) -> Self {
        var request = self
        var placeholders = Placeholders(names: expressionAttributeNames, values: expressionAttributeValues)
        let text = text(&placeholders)
        request[keyPath: member] = self[keyPath: member].map { joined($0, text) } ?? text
        request.expressionAttributeNames = placeholders.names
        request.expressionAttributeValues = placeholders.optionalValues
        return request
    }
}

/// An expression in parentheses; as it is if it stands in some, since DynamoDB refuses those that change nothing.
private func parenthesized(_ text: String) -> String {
    var depth = 0
    for (position, character) in text.utf8.enumerated() {
        if character == UInt8(ascii: "(") { depth += 1 }
        if character == UInt8(ascii: ")") { depth -= 1 }
        if depth == 0 { return position == text.utf8.count - 1 ? text : "(\(text))" }
    }
    return text
}

extension ConditionalRequest {
    /// The request, to be carried out only when this too is true of the stored item.
    ///
    /// Otherwise it fails with ``DynamoDBError/Code/conditionalCheckFailedException``.
    public func when(_ condition: ConditionExpression) -> Self {
        adding(\.conditionExpression, { $0.text(condition) })
    }
}

extension FilteringRequest {
    /// The request, returning only items of which this too is true. What is dropped was read, and is paid for.
    public func filtered(by condition: ConditionExpression) -> Self {
        adding(\.filterExpression, { $0.text(condition) })
    }
}

extension QueryInput {
    /// The query, for items whose key meets these conditions too.
    public func matching(_ keys: KeyExpression...) -> QueryInput {
        adding(\.keyConditionExpression, { $0.text(keys) }, joined: { "\($0) AND \($1)" })
    }
}

extension ProjectingRequest {
    /// The request, returning these parts of items, and no others but those that it named before.
    public func returning(_ paths: AttributePath...) -> Self { returning(paths) }

    func returning(_ paths: [AttributePath]) -> Self {
        var request = self
        var placeholders = Placeholders(names: expressionAttributeNames)
        let text = placeholders.text(paths)
        request.projectionExpression = projectionExpression.map { "\($0), \(text)" } ?? text
        request.expressionAttributeNames = placeholders.names
        return request
    }
}

extension UpdateItemInput {
    /// Changes an item, making it if there is none. All actions are reckoned from the item as it was before.
    public init(
        tableName: String, key: Item, _ first: ItemChange, _ others: ItemChange...,
        returnValues: ReturnValues? = nil
    ) {
        self.init(tableName: tableName, key: key, changes: [first] + others, returnValues: returnValues)
    }

    /// - Parameter changes: At least one.
    package init(tableName: String, key: Item, changes: [ItemChange], returnValues: ReturnValues? = nil) {
        var placeholders = Placeholders()
        let text = placeholders.text(changes)
        self.init(
            tableName: tableName, key: key, returnValues: returnValues, updateExpression: text,
            expressionAttributeNames: placeholders.names, expressionAttributeValues: placeholders.optionalValues)
    }
}

extension Update {
    /// Changes an item in a transaction. All actions are reckoned from the item as it was before.
    public init(tableName: String, key: Item, _ first: ItemChange, _ others: ItemChange...) {
        self.init(tableName: tableName, key: key, changes: [first] + others)
    }

    /// - Parameter changes: At least one.
    package init(tableName: String, key: Item, changes: [ItemChange]) {
        var placeholders = Placeholders()
        let text = placeholders.text(changes)
        self.init(
            tableName: tableName, key: key, updateExpression: text, expressionAttributeNames: placeholders.names,
            expressionAttributeValues: placeholders.optionalValues)
    }
}

extension ConditionCheck {
    /// Makes a transaction fail unless a condition is true of an item.
    public init(tableName: String, key: Item, requiring condition: ConditionExpression) {
        var placeholders = Placeholders()
        let text = placeholders.text(condition)
        self.init(
            tableName: tableName, key: key, conditionExpression: text, expressionAttributeNames: placeholders.names,
            expressionAttributeValues: placeholders.optionalValues)
    }
}
