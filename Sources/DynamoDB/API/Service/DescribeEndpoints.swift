/// Tells the addresses at which the service answers.
///
/// Source: AWS, "DescribeEndpoints" in the Amazon DynamoDB API reference.
public struct DescribeEndpointsInput: Sendable, Hashable, JSONObject {
    /// Makes an empty request.
    public init() {}

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {}
}

/// What DescribeEndpoints returns.
public struct DescribeEndpointsOutput: Sendable, Hashable, JSONObject {
    /// The addresses.
    public var endpoints: [ServiceEndpoint]

    /// Makes a response of its members.
    public init(endpoints: [ServiceEndpoint]) {
        self.endpoints = endpoints
    }

    package static var unread: Self { Self(endpoints: []) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Endpoints", &endpoints)
    }
}

/// One address of the service.
public struct ServiceEndpoint: Sendable, Hashable, JSONObject {
    /// Host, and port if it is not the usual one.
    public var address: String
    /// For how long the address may be kept, in minutes.
    public var cachePeriodInMinutes: Int

    /// Makes a value of its members.
    public init(address: String, cachePeriodInMinutes: Int) {
        self.address = address
        self.cachePeriodInMinutes = cachePeriodInMinutes
    }

    package static var unread: Self { Self(address: "", cachePeriodInMinutes: 0) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Address", &address)
        try members.required("CachePeriodInMinutes", &cachePeriodInMinutes)
    }
}
