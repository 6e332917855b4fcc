public import DynamoDB

extension Engine {
    /// Tells AWS's default quotas, which are not enforced here.
    public func describeLimits(_ input: DescribeLimitsInput) async throws -> DescribeLimitsOutput {
        try await perform("DescribeLimits", input) { _ in
            DescribeLimitsOutput(
                accountMaxReadCapacityUnits: 80_000, accountMaxWriteCapacityUnits: 80_000,
                tableMaxReadCapacityUnits: 40_000, tableMaxWriteCapacityUnits: 40_000)
        }
    }

    /// Tells the one address of ``Options/address``.
    public func describeEndpoints(_ input: DescribeEndpointsInput) async throws -> DescribeEndpointsOutput {
        try await perform("DescribeEndpoints", input) { core in
            DescribeEndpointsOutput(endpoints: [ServiceEndpoint(address: core.address, cachePeriodInMinutes: 1440)])
        }
    }
}
