/// What one statement of a BatchExecuteStatement did.
public struct BatchStatementResponse: Sendable, Hashable, JSONCodable {
    /// Why the statement failed; nil if it did not.
    public var error: BatchStatementError?
    /// The table's name.
    public var tableName: String?
    /// The item that was read, or that a RETURNING clause asks for.
    public var item: Item?

    /// Makes a value of its members.
    public init(
        error: BatchStatementError? = nil,
        tableName: String? = nil,
        item: Item? = nil
    ) {
        self.error = error
        self.tableName = tableName
        self.item = item
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Error": error = try json.value()
            case "TableName": tableName = try json.value()
            case "Item": item = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Error", error)
            json.member("TableName", tableName)
            json.member("Item", item)
        }
    }
}

/// Why one statement of a BatchExecuteStatement failed.
public struct BatchStatementError: Sendable, Hashable, JSONCodable {
    /// What went wrong.
    public var code: BatchStatementErrorCode?
    /// The same in a sentence.
    public var message: String?
    /// The item that failed the condition, when asked for.
    public var item: Item?

    /// Makes a value of its members.
    public init(
        code: BatchStatementErrorCode? = nil,
        message: String? = nil,
        item: Item? = nil
    ) {
        self.code = code
        self.message = message
        self.item = item
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Code": code = try json.value()
            case "Message": message = try json.value()
            case "Item": item = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Code", code)
            json.member("Message", message)
            json.member("Item", item)
        }
    }
}
