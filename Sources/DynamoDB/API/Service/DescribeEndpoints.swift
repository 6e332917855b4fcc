/// Tells the addresses at which the service answers.
///
/// Source: AWS, "DescribeEndpoints" in the Amazon DynamoDB API reference.
public struct DescribeEndpointsInput: Sendable, Hashable, JSONCodable {
    /// Makes an empty request.
    public init() {}

    package init(json: inout JSONReader) throws(DynamoDBError) {
        try json.members { json, _ throws(DynamoDBError) in try json.skip() }
    }

    package func write(to json: inout JSONWriter) {
        json.object { _ in }
    }
}

/// What DescribeEndpoints returns.
public struct DescribeEndpointsOutput: Sendable, Hashable, JSONCodable {
    /// The addresses.
    public var endpoints: [ServiceEndpoint]

    /// Makes a response of its members.
    public init(endpoints: [ServiceEndpoint]) {
        self.endpoints = endpoints
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(endpoints: [])
        try json.members(requiring: "Endpoints") { json, key throws(DynamoDBError) in
            switch key {
            case "Endpoints": endpoints = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Endpoints", endpoints)
        }
    }
}

/// One address of the service.
public struct ServiceEndpoint: Sendable, Hashable, JSONCodable {
    /// Host, and port if it is not the usual one.
    public var address: String
    /// For how long the address may be kept, in minutes.
    public var cachePeriodInMinutes: Int

    /// Makes a value of its members.
    public init(address: String, cachePeriodInMinutes: Int) {
        self.address = address
        self.cachePeriodInMinutes = cachePeriodInMinutes
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init(address: "", cachePeriodInMinutes: 0)
        try json.members(requiring: "Address", "CachePeriodInMinutes") { json, key throws(DynamoDBError) in
            switch key {
            case "Address": address = try json.value()
            case "CachePeriodInMinutes": cachePeriodInMinutes = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("Address", address)
            json.member("CachePeriodInMinutes", cachePeriodInMinutes)
        }
    }
}
