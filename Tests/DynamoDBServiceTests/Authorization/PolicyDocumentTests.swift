import DynamoDBEngine
import Fuzzing
import NIOCore
import Testing

@testable import DynamoDBService

/// Documents, and what they say of accesses.
@Suite struct PolicyDocumentTests {
    static func document(_ statements: String, version: String = "2012-10-17") -> String {
        #"{"Version":"\#(version)","Statement":[\#(statements)]}"#
    }

    static func allow(_ action: String, _ resource: String = "*", condition: String = "{}", effect: String = "Allow")
        -> String
    {
        #"{"Effect":"\#(effect)","Action":"dynamodb:\#(action)","Resource":"\#(resource)","Condition":\#(condition)}"#
    }

    static func ruling(
        _ documents: [String], _ access: Access, user: String = "ann", time: Int = 1_800_000_000
    ) throws -> PolicyRuling {
        let context = RequestContext(
            userName: user, region: "eu-west-1", address: try .init(ipAddress: "10.1.2.3", port: 1), isEncrypted: false,
            time: time)
        return IdentityPolicies(try documents.map { try PolicyDocument($0, kind: .identity) })
            .ruling(on: PolicyQuestion(access: access, context: context, region: nil))
    }

    /// Whether a GetItem of `table/T` is allowed under a condition.
    private func allows(_ condition: String, _ change: (inout Access) -> Void = { _ in }) throws -> Bool {
        var access = Access("GetItem", on: "table/T")
        change(&access)
        return try Self.ruling([Self.document(Self.allow("GetItem", condition: condition))], access) == .allowed
    }

    @Test(arguments: [
        ("", "not JSON"), ("[]", "JSON object"), ("{}", "no Statement"), (#"{"Statement":[]}"#, "no Statement"),
        (#"{"Version":"2013-01-01","Statement":[]}"#, "Version must be"),
        (#"{"Version":"2012-10-17","Version":"2008-10-17"}"#, "there twice"),
        (#"{"Statments":[]}"#, "element Statments is not known"),
        (document(#"{"Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"}"#), "there twice"),
        (document(#"{"Effect":"allow","Action":"*","Resource":"*"}"#), "statement 1: Effect must be"),
        (document(#"{"Action":"*","Resource":"*"}"#), "has no Effect"),
        (document(#"{"Sid":"A","Effect":"Allow","Resource":"*"}"#), "statement 1 (A): it has neither Action"),
        (document(#"{"Effect":"Allow","Action":"*"}"#), "neither Resource"),
        (document(#"{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}"#), "exclude each other"),
        (document(#"{"Effect":"Allow","Action":[],"Resource":"*"}"#), "Action is empty"),
        (document(#"{"Effect":"Allow","Action":[1],"Resource":"*"}"#), "Action must be a text"),
        (
            document(#"{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}"#),
            "no meaning in the policy of an access key"
        ),
        (document(#"{"Effect":"Allow","Action":"*","Resource":"*","Condtion":{}}"#), "element Condtion is not known"),
        (document(#"{"Sid":"a b","Effect":"Allow","Action":"*","Resource":"*"}"#), "letters and digits"),
        (
            document(
                #"{"Sid":"A","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"A","Effect":"Deny","Action":"*","Resource":"*"}"#
            ), "statement 2 (A): another has the same Sid"
        ),
        (document(allow("PutItm")), "dynamodb:PutItm\" is not known"),
        (document(#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}"#), "not one of dynamodb"),
        (document(allow("*", "arn:aws:s3:::b")), "another service"),
        (
            document(allow("*", condition: #"{"StringEqual":{"aws:username":"a"}}"#)),
            "operator StringEqual is not known"
        ),
        (document(allow("*", condition: #"{"StringEquals":{"aws:name":"a"}}"#)), "key aws:name is not known"),
        (document(allow("*", condition: #"{"StringEquals":{"dynamodb:LeadingKeys":"a"}}"#)), "needs ForAllValues"),
        (document(allow("*", condition: #"{"ForAllValues:Null":{"aws:username":"true"}}"#)), "Null takes neither"),
        (document(allow("*", condition: #"{"NumericEquals":{"aws:username":"1"}}"#)), "cannot compare"),
        (document(allow("*", condition: #"{"Bool":{"aws:SecureTransport":"yes"}}"#)), "neither true nor false"),
        (document(allow("*", condition: #"{"IpAddress":{"aws:SourceIp":"10.0.0.0/33"}}"#)), "no range of addresses"),
        (document(allow("*", condition: #"{"DateLessThan":{"aws:CurrentTime":"tomorrow"}}"#)), "no time"),
        (document(allow("*", condition: #"{"StringEquals":{"aws:username":[]}}"#)), "is empty"),
        (document(allow("*", condition: #"{"StringEquals":{}}"#)), "JSON object of keys"),
        (document(allow("*", condition: #"{"StringEquals":{"aws:username":"${aws:nobody}"}}"#)), "no variable"),
        (
            document(allow("*", "arn:aws:dynamodb:*:*:table/" + String(repeating: "x", count: 6_200))),
            "6144 are allowed"
        ),
        (String(repeating: "[", count: 1_000_000), "16 levels"),
    ])
    func whatIsNotUnderstoodIsRefused(text: String, reason: String) {
        let error = #expect(throws: PolicyError.self) { try PolicyDocument(text, kind: .identity) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    @Test func actionsAreNamedInAnyCaseAndWithWildcards() throws {
        for (action, others) in [("getitem", true), ("Get*", true), ("*", true), ("Put*", false), ("???Item", true)] {
            let ruling = try Self.ruling([Self.document(Self.allow(action))], Access("GetItem", on: "table/T"))
            #expect((ruling == .allowed) == others, "\(action)")
        }
        let all =
            #"{"Effect":"Allow","NotAction":["dynamodb:Delete*"],"NotResource":"arn:aws:dynamodb:*:*:table/secret*"}"#
        #expect(try Self.ruling([Self.document(all)], Access("GetItem", on: "table/T")) == .allowed)
        #expect(try Self.ruling([Self.document(all)], Access("DeleteItem", on: "table/T")) == .silent)
        #expect(try Self.ruling([Self.document(all)], Access("GetItem", on: "table/secrets")) == .silent)
    }

    @Test func aDenialCountsMoreThanAllElse() throws {
        let everything = Self.document(Self.allow("*"))
        let denial = Self.document(Self.allow("GetItem", "arn:aws:dynamodb:*:*:table/T", effect: "Deny"))
        for documents in [[everything, denial], [denial, everything]] {
            #expect(try Self.ruling(documents, Access("GetItem", on: "table/T")) == .denied)
            #expect(try Self.ruling(documents, Access("GetItem", on: "table/U")) == .allowed)
        }
        #expect(try Self.ruling([denial], Access("PutItem", on: "table/T")) == .silent)
        #expect(try Self.ruling([], Access("PutItem", on: "table/T")) == .silent)
    }

    // MARK: Conditions

    @Test func leadingKeysAreComparedOneByOne() throws {
        let own = #"{"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":["${aws:username}","shared"]}}"#
        #expect(try allows(own) { $0.leadingKeys = .listed(["ann"]) })
        #expect(try allows(own) { $0.leadingKeys = .listed(["ann", "shared"]) })
        #expect(try !allows(own) { $0.leadingKeys = .listed(["ann", "bob"]) })
        // What is not known may be anybody's; an action without the key passes, as on AWS.
        #expect(try !allows(own) { $0.leadingKeys = .all })
        #expect(try allows(own))
        let some = #"{"ForAnyValue:StringLike":{"dynamodb:LeadingKeys":"a*"}}"#
        #expect(try allows(some) { $0.leadingKeys = .listed(["bob", "ann"]) })
        #expect(try !allows(some) { $0.leadingKeys = .listed(["bob"]) })
        #expect(try !allows(some))
        #expect(try allows(some) { $0.leadingKeys = .all })
        let none = #"{"ForAllValues:StringNotEquals":{"dynamodb:LeadingKeys":"bob"}}"#
        #expect(try allows(none) { $0.leadingKeys = .listed(["ann"]) })
        #expect(try !allows(none) { $0.leadingKeys = .listed(["ann", "bob"]) })
        #expect(try !allows(none) { $0.leadingKeys = .all })
    }

    @Test func allAttributesAreMoreThanThoseNamed() throws {
        let named =
            #"{"ForAllValues:StringEquals":{"dynamodb:Attributes":["id","score"]},"StringEqualsIfExists":{"dynamodb:Select":"SPECIFIC_ATTRIBUTES"}}"#
        #expect(try allows(named) { ($0.attributes, $0.select) = (.listed(["id", "score"]), "SPECIFIC_ATTRIBUTES") })
        #expect(try !allows(named) { ($0.attributes, $0.select) = (.listed(["id", "secret"]), "SPECIFIC_ATTRIBUTES") })
        #expect(try !allows(named) { ($0.attributes, $0.select) = (.all, "ALL_ATTRIBUTES") })
        #expect(try !allows(named) { ($0.attributes, $0.select) = (.listed(["id"]), "ALL_ATTRIBUTES") })
        #expect(try allows(named) { $0.attributes = .listed(["id"]) })
        // A denial of one attribute is met by a read of all.
        let denial = Self.allow(
            "*", condition: #"{"ForAnyValue:StringEquals":{"dynamodb:Attributes":"secret"}}"#, effect: "Deny")
        var access = Access("GetItem", on: "table/T")
        access.attributes = .all
        #expect(try Self.ruling([Self.document(Self.allow("*") + "," + denial)], access) == .denied)
        access.attributes = .listed(["id"])
        #expect(try Self.ruling([Self.document(Self.allow("*") + "," + denial)], access) == .allowed)
        #expect(try allows(#"{"ForAllValues:StringLike":{"dynamodb:Attributes":"*"}}"#) { $0.attributes = .all })
    }

    @Test(arguments: [
        (#"{"StringEquals":{"aws:username":["bob","ann"]}}"#, true),
        (#"{"StringEquals":{"AWS:UserName":"ANN"}}"#, false),
        (#"{"StringEqualsIgnoreCase":{"aws:username":"ANN"}}"#, true),
        (#"{"StringNotEquals":{"aws:username":"ann"}}"#, false),
        (#"{"StringNotEquals":{"aws:username":["bob","eve"]}}"#, true),
        (#"{"StringLike":{"aws:username":"a?n"}}"#, true),
        (#"{"StringNotLike":{"aws:username":"a*"}}"#, false), (#"{"StringEquals":{"aws:username":"a?n"}}"#, false),
        (#"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/a*"}}"#, true),
        (#"{"Bool":{"aws:SecureTransport":true}}"#, false),
        (#"{"Bool":{"aws:SecureTransport":"false"}}"#, true), (#"{"IpAddress":{"aws:SourceIp":"10.1.0.0/16"}}"#, true),
        (#"{"IpAddress":{"aws:SourceIp":["10.2.0.0/16","::/0"]}}"#, false),
        (#"{"NotIpAddress":{"aws:SourceIp":"10.1.2.3"}}"#, false),
        (#"{"IpAddress":{"aws:SourceIp":"::ffff:10.1.2.3"}}"#, true),
        (#"{"DateLessThan":{"aws:CurrentTime":"2027-01-15T07:59:59Z"}}"#, false),
        (#"{"DateLessThanEquals":{"aws:CurrentTime":"2027-01-15T08:00:00Z"}}"#, true),
        (#"{"NumericGreaterThan":{"aws:EpochTime":1799999999}}"#, true),
        // A missing key: only what is negated, or asks only if it is there, is met.
        (#"{"StringEquals":{"dynamodb:Select":"COUNT"}}"#, false),
        (#"{"StringNotEquals":{"dynamodb:Select":"COUNT"}}"#, true),
        (#"{"StringEqualsIfExists":{"dynamodb:Select":"COUNT"}}"#, true),
        (#"{"Null":{"dynamodb:Select":"true"}}"#, true),
        (#"{"Null":{"dynamodb:Select":"false"}}"#, false), (#"{"Null":{"aws:username":"false"}}"#, true),
        (#"{"Bool":{"aws:MultiFactorAuthPresent":"true"}}"#, false),
        (#"{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}"#, true),
        // All keys and operators must be met.
        (#"{"StringEquals":{"aws:username":"ann","aws:PrincipalType":"Role"}}"#, false),
        (#"{"StringEquals":{"aws:username":"ann"},"Bool":{"aws:SecureTransport":"true"}}"#, false),
    ])
    func operatorsCompareAsIAMs(condition: String, isMet: Bool) throws {
        #expect(try allows(condition) == isMet)
    }

    /// A name that policies cannot say could neither be allowed nor denied.
    @Test func everyOperationHasAnActionThatPoliciesKnow() {
        let compound: Set = [
            "TransactWriteItems", "TransactGetItems", "ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction",
        ]
        let names = Set(Operations.byTarget.values.map(\.name))
        #expect(names.subtracting(DynamoDBActions.all) == compound)
    }

    // MARK: Any documents

    @Test func brokenDocumentsNeverTrap() {
        var random = SeededGenerator(seed: 5)
        var read = 0
        for _ in 0..<2_500 {
            var bytes = Array(Self.random(&random).utf8)
            for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: index)
                default: bytes.insert(contentsOf: bytes[index...].prefix(9), at: index)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            for kind in [PolicyDocument.Kind.identity, .resource] {
                if (try? PolicyDocument(text, kind: kind)) != nil { read += 1 }
            }
            if let json = try? PolicyJSON(parsing: text) {
                let compact = json.compact
                #expect(!compact.utf8.contains { $0 <= 0x20 || $0 >= 0x7F })
                #expect((try? PolicyJSON(parsing: compact)) == json)
            }
        }
        #expect(read > 200)
    }

    @Test func anotherStatementNeverDoesTheContrary() throws {
        var random = SeededGenerator(seed: 9)
        var seen: Set<PolicyRuling> = []
        for _ in 0..<1_500 {
            let document = Self.random(&random)
            var access = Access(
                random.pick(["GetItem", "PutItem", "Query"]),
                on: random.pick(["table/T", "table/U", "table/T/index/I"]))
            if Bool.random(using: &random) {
                access.leadingKeys = random.pick([.listed(["ann"]), .listed(["bob"]), .all])
            }
            if Bool.random(using: &random) {
                access.attributes = random.pick([.listed(["a"]), .listed(["a", "b"]), .all])
            }
            let before = try Self.ruling([document], access)
            seen.insert(before)
            let statement = Self.statement(&random, effect: "Deny")
            let after = try Self.ruling([document, Self.document(statement)], access)
            #expect(after == before || after == .denied)
            let allowed = try Self.ruling([document, Self.document(Self.allow("*"))], access)
            #expect(before == .denied ? allowed == .denied : allowed == .allowed)
        }
        #expect(seen.count == 3)
    }

    private static func random(_ random: inout SeededGenerator) -> String {
        document((0...Int.random(in: 0...2, using: &random)).map { _ in statement(&random) }.joined(separator: ","))
    }

    private static func statement(_ random: inout SeededGenerator, effect: String? = nil) -> String {
        let condition = random.pick([
            "{}", "{}", #"{"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":["ann"]}}"#,
            #"{"ForAnyValue:StringNotLike":{"dynamodb:Attributes":["a*"]}}"#,
            #"{"StringLike":{"aws:username":"${aws:username}*"}}"#,
            #"{"Null":{"dynamodb:Attributes":"true"}}"#,
        ])
        return allow(
            random.pick(["*", "Get*", "PutItem", "Query", "*Item"]),
            random.pick([
                "*", "arn:aws:dynamodb:*:*:table/T", "arn:aws:dynamodb:*:*:table/*", "arn:aws:dynamodb:*:*:table/?",
            ]),
            condition: condition, effect: effect ?? random.pick(["Allow", "Allow", "Deny"]))
    }
}
