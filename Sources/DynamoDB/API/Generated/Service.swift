// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension DescribeEndpointsInput {
    package static var unread: Self { Self() }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
    }
}

extension DescribeEndpointsOutput {
    /// Makes a response of its members.
    public init(
        endpoints: [ServiceEndpoint]
    ) {
        self.endpoints = endpoints
    }

    package static var unread: Self { Self(endpoints: .init()) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Endpoints", &endpoints)
    }
}

extension ServiceEndpoint {
    /// Makes a value of its members.
    public init(
        address: String,
        cachePeriodInMinutes: Int
    ) {
        self.address = address
        self.cachePeriodInMinutes = cachePeriodInMinutes
    }

    package static var unread: Self { Self(address: .init(), cachePeriodInMinutes: 0) }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.required("Address", &address)
        try members.required("CachePeriodInMinutes", &cachePeriodInMinutes)
    }
}

extension DescribeLimitsInput {
    package static var unread: Self { Self() }

    package static var front: ValidationFront? { .older }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
    }
}

extension DescribeLimitsOutput {
    /// Makes a response of its members.
    public init(
        accountMaxReadCapacityUnits: Int? = nil,
        accountMaxWriteCapacityUnits: Int? = nil,
        tableMaxReadCapacityUnits: Int? = nil,
        tableMaxWriteCapacityUnits: Int? = nil
    ) {
        self.accountMaxReadCapacityUnits = accountMaxReadCapacityUnits
        self.accountMaxWriteCapacityUnits = accountMaxWriteCapacityUnits
        self.tableMaxReadCapacityUnits = tableMaxReadCapacityUnits
        self.tableMaxWriteCapacityUnits = tableMaxWriteCapacityUnits
    }

    package static var unread: Self { Self() }

    package mutating func members<Members: JSONMembers>(_ members: inout Members) throws(Members.Failure) {
        try members.optional("AccountMaxReadCapacityUnits", &accountMaxReadCapacityUnits)
        try members.optional("AccountMaxWriteCapacityUnits", &accountMaxWriteCapacityUnits)
        try members.optional("TableMaxReadCapacityUnits", &tableMaxReadCapacityUnits)
        try members.optional("TableMaxWriteCapacityUnits", &tableMaxWriteCapacityUnits)
    }
}
