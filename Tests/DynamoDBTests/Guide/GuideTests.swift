import DynamoDB
import Foundation
import Guides
import Testing

/// The examples of docs/dynamodb-client.md, run as they stand there.
@Suite struct GuideTests {
    struct Task: Codable {
        var PK: String
        var SK: String
        var status: String
        var attempts: Int
        var due: Date?
        @AttributeSet var labels: Set<String>
    }

    @Test func theExamplesWork() async throws {
        try await Backend.engine.run { db in
            _ = try await db.createTable(
                CreateTableInput(
                    tableName: "Tasks",
                    attributeDefinitions: ["PK", "SK"].map {
                        AttributeDefinition(attributeName: $0, attributeType: .string)
                    },
                    keySchema: [
                        KeySchemaElement(attributeName: "PK", keyType: .hash),
                        KeySchemaElement(attributeName: "SK", keyType: .range),
                    ],
                    billingMode: .payPerRequest))

            let encoder = ItemEncoder(dates: .secondsSince1970)
            let task = Task(PK: "TASK#1", SK: "v0", status: "open", attempts: 0, due: nil, labels: ["bug"])
            _ = try await db.putItem(PutItemInput(tableName: "Tasks", item: encoder.encode(task)).when(.absent("PK")))

            let update = UpdateItemInput(
                tableName: "Tasks", key: ["PK": "TASK#1", "SK": "v0"],
                .set("status", to: "running"), .set("attempts", to: .attribute("attempts", default: 0) + 1),
                returnValues: .allNew
            ).when(.attribute("status") == "open" && !(.attribute("attempts") >= 3))
            let changed = try await db.updateItem(update)
            #expect(changed.attributes?["attempts"] == 1)

            let query = QueryInput(tableName: "Tasks").matching(.equal("PK", "TASK#1"), .begins("SK", with: "v"))
            let decoder = ItemDecoder(dates: .secondsSince1970)
            var statuses: [String] = []
            for try await item in db.queryPages(query).items {
                statuses.append(try decoder.decode(Task.self, from: item).status)
            }
            #expect(statuses == ["running"])

            try await db.batchPut((0..<100).map { ["PK": "TASK#2", "SK": .string("v\($0)")] }, to: "Tasks")
            let keys: [Item] = [["PK": "TASK#2", "SK": "v7"], ["PK": "TASK#2", "SK": "none"]]
            let items = try await db.batchGet(keys, from: "Tasks")
            #expect(items == [["PK": "TASK#2", "SK": "v7"], nil])
        }
    }

    /// Every example of the page is in this file, line by line.
    @Test func thePageShowsTheseExamples() throws {
        let examples = try GuideExamples(of: "docs/dynamodb-client.md")
        #expect(examples.all.count == 5)
        #expect(examples.missing.isEmpty)
    }
}
