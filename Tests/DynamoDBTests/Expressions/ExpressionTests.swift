import Testing

@testable import DynamoDB

@Suite struct ExpressionTests {
    /// The condition's text with the names and values themselves where their placeholders are.
    private func text(_ condition: ConditionExpression) -> String {
        let request = PutItemInput(tableName: "t", item: [:]).when(condition)
        return resolved(
            request.conditionExpression, request.expressionAttributeNames, request.expressionAttributeValues)
    }

    private func resolved(_ text: String?, _ names: [String: String]?, _ values: [String: AttributeValue]?) -> String {
        var text = text ?? ""
        for (placeholder, name) in names ?? [:] { text = text.replacing(placeholder, with: name) }
        for (placeholder, value) in values ?? [:] {
            text = text.replacing(placeholder, with: value.string ?? value.number?.description ?? value.typeName)
        }
        return text
    }

    @Test func conditionsAreWritten() {
        #expect(text(.attribute("status") == "done") == "status = done")
        #expect(text(.attribute("a") != .attribute("b")) == "a <> b")
        #expect(text(.size("a") <= 3) == "size(a) <= 3")
        #expect(text(.attribute("a") == .value(.null)) == "a = NULL")
        #expect(text(.between("a", 1, and: 2)) == "a BETWEEN 1 AND 2")
        #expect(text(.isOne("a", of: ["x", 1])) == "a IN (x, 1)")
        #expect(text(.begins("a", with: "p")) == "begins_with(a, p)")
        #expect(text(.contains("a", 7)) == "contains(a, 7)")
        #expect(text(.type("a", is: "SS")) == "attribute_type(a, SS)")
        #expect(text(.exists("a") && .absent("b")) == "attribute_exists(a) AND attribute_not_exists(b)")
        #expect(
            text(.attribute("a") < 1 || .attribute("b") > true && !(.attribute("c") >= 2))
                == "a < 1 OR (b > BOOL AND (NOT c >= 2))")
    }

    @Test func pathsGoIntoMapsAndLists() throws {
        let input = GetItemInput(tableName: "t", key: [:]).returning("a", .at("order", "lines", 0, "unit.price"), "a")
        #expect(input.projectionExpression == "#n0, #n1.#n2[0].#n3, #n0")
        #expect(input.expressionAttributeNames == ["#n0": "a", "#n1": "order", "#n2": "lines", "#n3": "unit.price"])
    }

    @Test func handWrittenExpressionsAreKept() {
        let query = QueryInput(
            tableName: "t", filterExpression: "#n0 = :v0 OR b = :b", expressionAttributeNames: ["#n0": "zero"],
            expressionAttributeValues: [":v0": 0, ":b": 1]
        )
        .matching(.equal("PK", "p"), .begins("SK", with: "s"))
        .filtered(by: .attribute("zero") == 5 || .exists("x"))
        #expect(query.filterExpression == "(#n0 = :v0 OR b = :b) AND (#n0 = :v4 OR attribute_exists(#n3))")
        #expect(query.keyConditionExpression == "#n1 = :v2 AND begins_with(#n2, :v3)")
        #expect(query.expressionAttributeNames == ["#n0": "zero", "#n1": "PK", "#n2": "SK", "#n3": "x"])
        #expect(query.expressionAttributeValues == [":v0": 0, ":b": 1, ":v2": "p", ":v3": "s", ":v4": 5])
    }

    /// DynamoDB refuses parentheses around parentheses.
    @Test(arguments: [
        ("(a = :a OR b = :b)", "(a = :a OR b = :b) AND (attribute_exists(#n0))"),
        ("(a = :a) OR (b = :b)", "((a = :a) OR (b = :b)) AND (attribute_exists(#n0))"),
        ("size(a) = :a", "(size(a) = :a) AND (attribute_exists(#n0))"),
    ])
    func parenthesesAreNeverDoubled(written: String, joined: String) {
        let input = ScanInput(tableName: "t", filterExpression: written).filtered(by: .exists("c"))
        #expect(input.filterExpression == joined)
    }

    @Test(arguments: [
        (KeyExpression.below("k", 1), "k < 1"), (.atMost("k", 1), "k <= 1"), (.above("k", 1), "k > 1"),
        (.atLeast("k", 1), "k >= 1"), (.between("k", 1, and: 2), "k BETWEEN 1 AND 2"),
    ])
    func keysAreWritten(key: KeyExpression, text: String) {
        let query = QueryInput(tableName: "t").matching(key)
        #expect(
            resolved(query.keyConditionExpression, query.expressionAttributeNames, query.expressionAttributeValues)
                == text)
    }

    @Test func updatesAreWrittenClauseByClause() {
        let input = UpdateItemInput(
            tableName: "t", key: ["PK": "p"],
            .add("total", 5), .set("status", to: "done"), .remove("lease"),
            .set("n", to: .attribute("n", default: 0) + 1), .set("m", to: .attribute("a") - .attribute("b")),
            .set("list", to: .joined(.attribute("list"), .value([1]))), .delete("tags", .stringSet(["x"])),
            returnValues: .allNew
        ).when(.exists("PK"))
        #expect(
            resolved(input.updateExpression, input.expressionAttributeNames, input.expressionAttributeValues)
                == "SET status = done, n = if_not_exists(n, 0) + 1, m = a - b, list = list_append(list, L) "
                + "REMOVE lease ADD total 5 DELETE tags SS")
        #expect(input.returnValues == .allNew)
        #expect(input.conditionExpression?.hasPrefix("attribute_exists(") == true)
    }

    @Test func requestsWithoutValuesHaveNone() {
        let check = ConditionCheck(tableName: "t", key: [:], requiring: .exists("a"))
        #expect(check.expressionAttributeValues == nil)
        #expect(UpdateItemInput(tableName: "t", key: [:], .remove("a")).expressionAttributeValues == nil)
        #expect(Update(tableName: "t", key: [:], .remove("a")).expressionAttributeValues == nil)
    }
}
