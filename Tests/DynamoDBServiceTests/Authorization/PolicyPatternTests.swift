import Fuzzing
import Testing

@testable import DynamoDBService

@Suite struct PolicyPatternTests {
    private func matches(_ pattern: String, _ text: String, wildcards: Bool = true, variables: Bool = true) throws
        -> Bool
    {
        try PolicyPattern(pattern, wildcards: wildcards, variables: variables).matches(text) { key in
            key == .userName ? "a*n" : nil
        }
    }

    /// What a pattern means, without a thought for time.
    private func reference(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            return (0...text.count).contains { reference(pattern.dropFirst(), text.dropFirst($0)) }
        }
        guard let character = text.first, first == "?" || first == character else { return false }
        return reference(pattern.dropFirst(), text.dropFirst())
    }

    @Test func wildcardsMeanWhatTheNaiveReadingSays() throws {
        var random = SeededGenerator(seed: 17)
        var matched = 0
        for _ in 0..<8_000 {
            let pattern = (0..<Int.random(in: 0...7, using: &random)).map { _ in random.pick("ab日*?*") }
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in random.pick("ab日") }
            let expected = reference(pattern[...], text[...])
            #expect(try matches(String(pattern), String(text)) == expected, "\(String(pattern)) \(String(text))")
            matched += expected ? 1 : 0
        }
        #expect((800...7_200).contains(matched))
    }

    /// The naive reading would take longer than there is time.
    @Test(.timeLimit(.minutes(1))) func manyWildcardsTakeNoTime() throws {
        let pattern = String(repeating: "a*", count: 200) + "b"
        #expect(try !matches(pattern, String(repeating: "a", count: 20_000)))
        #expect(try matches(pattern, String(repeating: "a", count: 20_000) + "b"))
    }

    @Test func variablesAreTextsAndNoPatterns() throws {
        #expect(try matches("u/${aws:username}/*", "u/a*n/x"))
        #expect(try !matches("u/${aws:username}/*", "u/abn/x"))
        #expect(try matches("${aws:PrincipalType, 'n?body'}", "n?body"))
        #expect(try !matches("${aws:PrincipalType, 'n?body'}", "nobody"))
        // A missing value matches nothing.
        #expect(try !matches("x${aws:PrincipalType}*", "x"))
        #expect(try matches("${*}${?}${$}", "*?$"))
        #expect(try !matches("${*}", "x"))
        // In the older version they are no variables.
        #expect(try matches("${aws:username}", "${aws:username}", variables: false))
        #expect(try matches("a*", "a*", wildcards: false))
        #expect(try !matches("a*", "ab", wildcards: false))
        for bad in ["${aws:username", "${aws:nothing}", "${dynamodb:LeadingKeys}", "${aws:username, x}"] {
            #expect(throws: PolicyError.self) { try matches(bad, "") }
        }
    }

    @Test func textsThatLookAlikeDiffer() throws {
        #expect(try !matches("caf\u{E9}", "cafe\u{301}"))
        #expect(try !matches("caf\u{E9}*", "cafe\u{301}"))
    }

    @Test func resourcesAreMetWhateverTheirRegionAndAccount() throws {
        func meets(_ pattern: String, _ resource: String, in region: String? = nil) throws -> Bool {
            try PolicyResource(pattern, variables: true).matches(resource, in: region) { _ in "ann" }
        }
        #expect(try meets("*", "*"))
        #expect(try meets("arn:aws:dynamodb:eu-west-1:123456789012:table/T", "table/T"))
        #expect(try !meets("arn:aws:dynamodb:*:*:table/T", "table/T/index/I"))
        #expect(try meets("arn:aws:dynamodb:*:*:table/T*", "table/T/index/I"))
        #expect(try meets("arn:aws:dynamodb:*:*:table/${aws:username}-*", "table/ann-1"))
        #expect(
            try meets(
                "arn:aws:dynamodb:*:*:table/T/stream/2026-01-01T00:00:00.000", "table/T/stream/2026-01-01T00:00:00.000")
        )
        // What lacks is any.
        #expect(try meets("arn:aws:dynamodb:*", "table/T"))
        // Where regions have tables of their own, they count.
        #expect(try !meets("arn:aws:dynamodb:eu-west-1:*:table/T", "table/T", in: "us-east-1"))
        #expect(try meets("arn:aws:dynamodb:eu-*:*:table/T", "table/T", in: "eu-west-1"))
        for bad in [
            "", "table/T", "T", "arn:aws:s3:::bucket", "arn:aws:dynamodb:*:table/T", "arn:aws:dynamodb:*:*:", "arn:*",
            "arn:aws:dynamodb:*:me:table/T", "arn:aws:*:*:*:table/T",
        ] { #expect(throws: PolicyError.self, "\(bad)") { try meets(bad, "table/T") } }
    }
}
