import MiyabiDatabase
import Postgres
import Testing

@Suite struct WorkflowDefinitionTests {
    /// A flow of nodes named by letters: `flow("abc", "ab bc")` is a chain of three.
    private func flow(_ nodes: String, _ edges: String) throws -> WorkflowDefinition {
        let nodes = nodes.map { #"{"id": "\#($0)", "position": {"x": 0, "y": 0}, "data": {}}"# }
        let edges = edges.split(separator: " ").map { edge in
            #"{"id": "\#(edge)", "source": "\#(edge.first!)", "target": "\#(edge.last!)"}"#
        }
        return try WorkflowDefinition(
            PostgresJSON(
                #"{"nodes": [\#(nodes.joined(separator: ","))], "edges": [\#(edges.joined(separator: ","))]}"#))
    }

    @Test func aFlowIsReadAndKeptAsItIs() throws {
        let text =
            #"{"edges": [], "nodes": [{"id": "a", "type": "agent", "data": {"it's": 1}}], "viewport": {"zoom": 2}}"#
        let definition = try WorkflowDefinition(PostgresJSON(text))
        #expect(definition.json.text == text)
        #expect(definition.nodes.map(\.id) == ["a"])
    }

    @Test(arguments: [
        ("abc", "ab bc", nil), ("abcd", "ab ac bd cd", nil), ("a", "aa", ["a"]), ("ab", "ab ba", ["a", "b"]),
        ("abcde", "ab bc cd db de", ["b", "c", "d"]), ("abcd", "ab cd dc", ["c", "d"]), ("", "", nil),
    ])
    func cyclesAreReported(nodes: String, edges: String, expected: [String]?) throws {
        let cycle = try flow(nodes, edges).cycle
        #expect(cycle.map(Set.init) == expected.map(Set.init))
        // Each step is an edge.
        if let cycle {
            for (from, to) in zip(cycle, cycle.dropFirst() + cycle.prefix(1)) {
                #expect(edges.split(separator: " ").contains("\(from)\(to)"))
            }
        }
    }

    @Test func everythingWrongIsTold() throws {
        let error = try #require(throws: WorkflowDefinitionError.self) { try flow("aab", "ax yb ax") }
        #expect(
            error.problems == [
                .repeatedNode("a"), .danglingEdge(edge: "ax", node: "x"), .danglingEdge(edge: "yb", node: "y"),
                .repeatedEdge("ax"), .danglingEdge(edge: "ax", node: "x"),
            ])
        #expect(error.description.contains(#"edge "yb" names node "y", which does not exist"#))
    }

    @Test(arguments: [
        ("", "it is not JSON"), ("[]", " is of another type"), (#"{"nodes": []}"#, ".edges is missing"),
        (#"{"nodes": [{"id": 1}], "edges": []}"#, ".nodes[0].id is of another type"),
        (#"{"nodes": [{"id": "a", "parentId": "b"}], "edges": []}"#, #"node "a" lies in "b""#),
    ])
    func whatIsNoFlowIsRefused(text: String, reason: String) throws {
        let error = try #require(throws: WorkflowDefinitionError.self) { try WorkflowDefinition(PostgresJSON(text)) }
        #expect(error.description.contains(reason), "\(error)")
    }

    @Test func aLongChainIsNoTrouble() throws {
        let nodes = (0..<8000).map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
        let edges = (0..<8000).map { #"{"id":"\#($0)","source":"\#($0)","target":"\#(($0 + 1) % 8000)"}"# }
        let definition = try WorkflowDefinition(
            PostgresJSON(#"{"nodes":[\#(nodes)],"edges":[\#(edges.joined(separator: ","))]}"#))
        #expect(definition.cycle?.count == 8000)
    }
}
