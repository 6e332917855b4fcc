extension DynamoDBError: JSONCodable {
    /// Reads an error's body, whose members and prefixes differ between services and servers.
    package init(json: inout JSONReader) throws(DynamoDBError) {
        var type: String?
        var message: String?
        var item: Item?
        var reasons: [CancellationReason] = []
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "__type", "code": type = try json.value()
            case "message", "Message": message = try json.value()
            case "Item": item = try json.value()
            case "CancellationReasons": reasons = try json.value()
            default: try json.skip()
            }
        }
        guard let type else { throw json.malformed("the error has no '__type'") }
        self.init(
            code: Code(wireName: type), message: message ?? "", item: item, cancellationReasons: reasons)
    }

    /// Appends the error's body, as AWS sends it.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("__type", code.wireName)
            json.member(code.hasCapitalMessage ? "Message" : "message", message)
            json.member("Item", item)
            if !cancellationReasons.isEmpty { json.member("CancellationReasons", cancellationReasons) }
        }
    }
}

extension CancellationReason: JSONCodable {
    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "Item": item = try json.value()
            case "Code": code = try json.value()
            case "Message": message = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Item", item)
            json.member("Code", code)
            json.member("Message", message)
        }
    }
}

extension DynamoDBError.Code {
    /// Takes the name out of `prefix#Name` and `Name:http://…`.
    package init(wireName: String) {
        let name = wireName.split(separator: "#").last ?? ""
        self.init(rawValue: String(name.prefix { $0 != ":" }))
    }

    /// The name with the prefix that AWS puts before it.
    package var wireName: String {
        if self == .validationException { return "com.amazon.coral.validate#\(rawValue)" }
        return (isFrameworkCode ? "com.amazon.coral.service#" : "com.amazonaws.dynamodb.v20120810#") + rawValue
    }

    /// Whether AWS sends the message as "Message": its framework does, and so do transactions.
    fileprivate var hasCapitalMessage: Bool {
        switch self {
        case .transactionCanceledException, .transactionInProgressException, .idempotentParameterMismatchException:
            true
        default: isFrameworkCode
        }
    }

    /// Whether AWS's framework, and not DynamoDB itself, raises the code.
    var isFrameworkCode: Bool {
        switch self {
        case .serializationException, .unknownOperationException, .accessDeniedException,
            .missingAuthenticationTokenException, .incompleteSignatureException, .invalidSignatureException,
            .unrecognizedClientException, .expiredTokenException:
            true
        default: false
        }
    }
}
