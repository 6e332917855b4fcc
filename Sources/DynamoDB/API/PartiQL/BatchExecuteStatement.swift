/// Runs up to 25 PartiQL statements, each on its own: all reads or all writes.
///
/// Source: AWS, "BatchExecuteStatement" in the Amazon DynamoDB API reference.
public struct BatchExecuteStatementInput: Sendable, Hashable, JSONCodable {
    /// The statements; reads name one item each.
    public var statements: [BatchStatementRequest]
    /// Whether to report the capacity used.
    public var returnConsumedCapacity: ReturnConsumedCapacity?

    /// Makes a request of its members.
    public init(
        statements: [BatchStatementRequest],
        returnConsumedCapacity: ReturnConsumedCapacity? = nil
    ) {
        self.statements = statements
        self.returnConsumedCapacity = returnConsumedCapacity
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(statements: [])
        try json.members(requiring: "Statements") { json, key throws(DynamoDBError) in
            switch key {
            case "Statements": statements = try json.value()
            case "ReturnConsumedCapacity": returnConsumedCapacity = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Statements", statements)
            json.member("ReturnConsumedCapacity", returnConsumedCapacity)
        }
    }
}

/// What BatchExecuteStatement returns.
public struct BatchExecuteStatementOutput: Sendable, Hashable, JSONCodable {
    /// One for each statement, in order.
    public var responses: [BatchStatementResponse]?
    /// The capacity used, when asked for.
    public var consumedCapacity: [ConsumedCapacity]?

    /// Makes a response of its members.
    public init(
        responses: [BatchStatementResponse]? = nil,
        consumedCapacity: [ConsumedCapacity]? = nil
    ) {
        self.responses = responses
        self.consumedCapacity = consumedCapacity
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Responses": responses = try json.value()
            case "ConsumedCapacity": consumedCapacity = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Responses", responses)
            json.member("ConsumedCapacity", consumedCapacity)
        }
    }
}
