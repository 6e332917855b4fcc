import DynamoDB
import DynamoDBEngine
import Testing

/// Tags, resource policies, limits, endpoints, and tables named by their ARN.
@Suite struct ResourceTests {
    private static let arn = "arn:aws:dynamodb:local:000000000000:table/\(EventTable.name)"

    @Test func tagsAreKept() async throws {
        let directory = try TemporaryDirectory()
        var engine = try Engine.open(in: directory)
        var definition = EventTable.definition
        definition.tags = [Tag(key: "team", value: "data")]
        let description = try await engine.createTable(definition).tableDescription
        #expect(description.tableArn == Self.arn)
        _ = try await engine.tagResource(
            TagResourceInput(
                resourceArn: Self.arn, tags: [Tag(key: "team", value: "web"), Tag(key: "cost", value: "")]))
        await engine.close()
        engine = try Engine.open(in: directory)
        let list = ListTagsOfResourceInput(resourceArn: Self.arn)
        #expect(
            try await engine.listTagsOfResource(list).tags == [
                Tag(key: "cost", value: ""), Tag(key: "team", value: "web"),
            ])
        _ = try await engine.untagResource(UntagResourceInput(resourceArn: Self.arn, tagKeys: ["team", "absent"]))
        #expect(try await engine.listTagsOfResource(list).tags == [Tag(key: "cost", value: "")])
        await engine.close()
    }

    @Test func tagsAreChecked() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        _ = try await engine.createTable(EventTable.definition)
        let many = (1...50).map { Tag(key: "tag\($0)", value: "") }
        _ = try await engine.tagResource(TagResourceInput(resourceArn: Self.arn, tags: many))
        let one = TagResourceInput(resourceArn: Self.arn, tags: [Tag(key: "one more", value: "")])
        #expect(await failure { try await engine.tagResource(one) }?.code == .limitExceededException)
        for tag in [
            Tag(key: "", value: ""), Tag(key: "aws:x", value: ""),
            Tag(key: "k", value: String(repeating: "v", count: 257)),
        ] {
            let input = TagResourceInput(resourceArn: Self.arn, tags: [tag])
            #expect(await failure { try await engine.tagResource(input) }?.code == .validationException)
        }
        #expect(try await engine.listTagsOfResource(ListTagsOfResourceInput(resourceArn: Self.arn)).tags?.count == 50)
        await expect(.validationException, "Invalid TableArn: Invalid ResourceArn provided as input nonsense") {
            try await engine.listTagsOfResource(ListTagsOfResourceInput(resourceArn: "nonsense"))
        }
        let absent = "arn:aws:dynamodb:local:000000000000:table/absent"
        await expect(.resourceNotFoundException, "Requested resource not found: ResourcArn: \(absent) not found") {
            try await engine.listTagsOfResource(ListTagsOfResourceInput(resourceArn: absent))
        }
        await engine.close()
    }

    @Test func policiesAreKeptByRevision() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        _ = try await engine.createTable(EventTable.definition)
        let get = GetResourcePolicyInput(resourceArn: Self.arn)
        await expect(
            .policyNotFoundException, "Resource-based policy not found for the provided ResourceArn: \(Self.arn)"
        ) { try await engine.getResourcePolicy(get) }
        let put = PutResourcePolicyInput(resourceArn: Self.arn, policy: "{}", expectedRevisionId: "NO_POLICY")
        let revision = try #require(try await engine.putResourcePolicy(put).revisionId)
        #expect(
            try await engine.getResourcePolicy(get) == GetResourcePolicyOutput(policy: "{}", revisionId: revision))
        await expect(
            .policyNotFoundException,
            "Resource-based policy not found for the provided ResourceArn: Requested policy update expecting none to be present for table Events, but a policy exists with revision id \(revision)."
        ) { try await engine.putResourcePolicy(put) }
        await expect(
            .policyNotFoundException,
            "Resource-based policy not found for the provided ResourceArn: Requested update for policy with revision id 1, but the policy associated to target table Events has revision id \(revision)."
        ) {
            try await engine.deleteResourcePolicy(
                DeleteResourcePolicyInput(resourceArn: Self.arn, expectedRevisionId: "1"))
        }
        let delete = DeleteResourcePolicyInput(resourceArn: Self.arn)
        #expect(try await engine.deleteResourcePolicy(delete).revisionId == revision)
        #expect(try await engine.deleteResourcePolicy(delete).revisionId == nil)
        #expect(await failure { try await engine.getResourcePolicy(get) }?.code == .policyNotFoundException)
        await engine.close()
    }

    @Test func limitsAndEndpointsAreTold() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        #expect(try await engine.describeLimits(DescribeLimitsInput()).tableMaxWriteCapacityUnits == 40_000)
        let endpoints = try await engine.describeEndpoints(DescribeEndpointsInput()).endpoints
        #expect(endpoints == [ServiceEndpoint(address: "localhost:8000", cachePeriodInMinutes: 1440)])
        await engine.close()
    }

    @Test func anARNStandsForATable() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory)
        var definition = EventTable.definition
        definition.tableName = Self.arn
        _ = try await engine.createTable(definition)
        let item: Item = ["PK": .string("p"), "SK": .string("s"), "GSI1PK": .string("u"), "GSI1SK": .string("1")]
        _ = try await engine.putItem(PutItemInput(tableName: Self.arn, item: item))
        _ = try await engine.batchWriteItem(
            BatchWriteItemInput(requestItems: [Self.arn: [.put(item.merging(["SK": .string("t")]) { $1 })]]))
        let elsewhere = "arn:aws:dynamodb:us-east-1:123456789012:table/\(EventTable.name)"
        #expect(
            try await engine.getItem(GetItemInput(tableName: elsewhere, key: ["PK": .string("p"), "SK": .string("s")]))
                .item == item)
        #expect(try await engine.scanAll(Self.arn, index: "GSI1").count == 2)
        #expect(
            try await engine.describeTable(DescribeTableInput(tableName: Self.arn)).table.tableName == EventTable.name)
        _ = try await engine.updateTable(UpdateTableInput(tableName: Self.arn, deletionProtectionEnabled: false))
        _ = try await engine.deleteTable(DeleteTableInput(tableName: Self.arn))
        #expect(try await engine.listTables(ListTablesInput()).tableNames.isEmpty)
        await expect(.resourceNotFoundException, "Requested resource not found: Table: Events not found") {
            try await engine.deleteTable(DeleteTableInput(tableName: Self.arn))
        }
        await engine.close()
    }
}
