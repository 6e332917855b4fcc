import DynamoDB
import DynamoDBEngine
import Testing

/// Tags, resource policies, limits, endpoints, and tables named by their ARN.
@Suite struct ResourceTests {
    private static let arn = "arn:aws:dynamodb:us-east-1:000000000000:table/\(EventTable.name)"

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
        let tooMany = "Number of Tags exceed the current limit for the provided ResourceArn"
        let one = TagResourceInput(resourceArn: Self.arn, tags: [Tag(key: "one more", value: "")])
        await expect(.validationException, tooMany) { try await engine.tagResource(one) }
        let keys = (1...51).map { "absent\($0)" }
        await expect(.validationException, tooMany) {
            try await engine.untagResource(UntagResourceInput(resourceArn: Self.arn, tagKeys: keys))
        }
        let long = String(repeating: "v", count: 257)
        for (tags, message) in [
            ([Tag(key: "", value: "")], "The Tag Key provided is invalid, Key: "),
            ([Tag(key: "aws:x", value: "")], "Tag Key cannot be prefixed with aws:, Key: aws:x"),
            ([Tag(key: "k", value: long)], "The Tag Value provided is invalid, Value: \(long)"),
            (
                [Tag(key: "tag1", value: "new"), Tag(key: "a#b", value: "")],
                "The Tag Key provided is invalid, Key: a#b"
            ),
            ([Tag(key: "k", value: "100%")], "The Tag Value provided is invalid, Value: 100%"),
            ([Tag(key: "k", value: "🔑")], "The Tag Value provided is invalid, Value: 🔑"),
            (
                [Tag(key: "two", value: "a"), Tag(key: "two", value: "b")],
                "Duplicate Tag Keys provided as input: Duplicate Tag Key found two"
            ),
        ] {
            let input = TagResourceInput(resourceArn: Self.arn, tags: tags)
            await expect(.validationException, message) { try await engine.tagResource(input) }
        }
        // Letters and spaces of any script are fine, and names are told apart by their bytes.
        _ = try await engine.untagResource(UntagResourceInput(resourceArn: Self.arn, tagKeys: ["tag1", "tag2"]))
        let allowed = [Tag(key: "caf\u{E9}", value: "表 1\u{A0}x"), Tag(key: "cafe\u{301}", value: "a+b-c=d.e_f:g/h@i")]
        await expect(.validationException, "The Tag Key provided is invalid, Key: cafe\u{301}") {
            try await engine.tagResource(TagResourceInput(resourceArn: Self.arn, tags: allowed))
        }
        _ = try await engine.tagResource(
            TagResourceInput(resourceArn: Self.arn, tags: [allowed[0], Tag(key: "b", value: allowed[1].value)]))
        #expect(try await engine.listTagsOfResource(ListTagsOfResourceInput(resourceArn: Self.arn)).tags?.count == 50)
        await expect(
            .validationException, "One or more parameter values were invalid: ARNs must start with 'arn:': nonsense"
        ) {
            try await engine.listTagsOfResource(ListTagsOfResourceInput(resourceArn: "nonsense"))
        }
        let absent = "arn:aws:dynamodb:us-east-1:000000000000:table/absent"
        await expect(.resourceNotFoundException, "Requested resource not found: ResourceArn: \(absent) not found") {
            try await engine.listTagsOfResource(ListTagsOfResourceInput(resourceArn: absent))
        }
        await engine.close()
    }

    /// AWS refuses a second change for a moment; here it waits its turn.
    @Test func taggingWhileAnotherTagsLosesNothing() async throws {
        let directory = try TemporaryDirectory()
        let engine = try Engine.open(in: directory, synchronous: false)
        _ = try await engine.createTable(EventTable.definition)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    _ = try await engine.tagResource(
                        TagResourceInput(
                            resourceArn: Self.arn, tags: [Tag(key: "tag\(number)", value: "\(number)")]))
                    guard number % 4 == 0 else { return }
                    _ = try await engine.untagResource(
                        UntagResourceInput(resourceArn: Self.arn, tagKeys: ["tag\(number)"]))
                }
            }
            try await group.waitForAll()
        }
        let kept = try await engine.listTagsOfResource(ListTagsOfResourceInput(resourceArn: Self.arn)).tags ?? []
        #expect(Set(kept.map(\.key)) == Set((0..<40).filter { $0 % 4 != 0 }.map { "tag\($0)" }))
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
