import Testing

@testable import AWSCore

/// Against botocore's signer.
@Suite struct SigningTests {
    private static let json = "application/x-amz-json-1.0"

    /// Every day of four centuries, after which the calendar repeats itself.
    @Test func daysFollowOneAnother() {
        var last = CivilDate(year: 1969, month: 12, day: 31)
        for days in 0..<146_097 {
            let date = CivilDate(daysSince1970: days)
            let isNext = (date.year, date.month, date.day) == (last.year, last.month, last.day + 1)
            let startsMonth =
                date.day == 1 && last.day >= 28
                && (date.month == last.month + 1 || (date.month == 1 && last.month == 12 && date.year == last.year + 1))
            guard isNext || startsMonth, date.daysSince1970 == days else {
                Issue.record("\(last) \(date)")
                return
            }
            last = date
        }
        #expect(last == CivilDate(year: 2369, month: 12, day: 31))
        #expect(CivilDate(daysSince1970: 11_016) == CivilDate(year: 2000, month: 2, day: 29))
    }

    struct Case: Decodable {
        let secondsSince1970: Int
        let region: String
        let token: String?
        let endpoint: String
        let body: String
        let timestamp: String
        let authorization: String
    }

    @Test func signaturesAgreeWithBotocore() throws {
        let cases: [Case] = try Fixture.decode("signatures.json")
        #expect(cases.count == 5)
        for item in cases {
            let signer = RequestSigner(region: item.region, service: "dynamodb")
            let keys = Credentials(
                accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                sessionToken: item.token)
            // Twice, since the second signature uses the key that was kept.
            for _ in 0..<2 {
                let headers = signer.headers(
                    endpoint: try Endpoint(item.endpoint), contentType: Self.json,
                    target: "DynamoDB_20120810.DescribeTable",
                    body: Array(item.body.utf8), credentials: keys,
                    at: SigningDate(secondsSince1970: item.secondsSince1970))
                #expect(headers.first { $0.name == "authorization" }?.value == item.authorization)
                #expect(headers.first { $0.name == "x-amz-date" }?.value == item.timestamp)
                #expect(headers.first { $0.name == "x-amz-security-token" }?.value == item.token)
            }
        }
    }

    /// 2,000 requests over random keys, tokens, regions, endpoints, moments and bodies.
    @Test func generatedSignaturesAgreeWithBotocore() throws {
        let file = try #require(try Fixture.object("signatures-generated.json") as? [String: [Any]])
        func choice<Value>(_ list: String, _ index: Any) throws -> Value {
            let values = try #require(file[list])
            let index = try #require(index as? Int)
            return try #require(values[index] as? Value)
        }
        let cases = try #require(file["cases"] as? [[Any]])
        #expect(cases.count == 2_000)
        for item in cases {
            let hasToken = item[2] as? Int != 0
            let keys = Credentials(
                accessKeyID: "AKIDEXAMPLE", secretAccessKey: try choice("secrets", item[1]),
                sessionToken: hasToken ? try choice("tokens", item[2]) : nil)
            let headers = RequestSigner(region: try choice("regions", item[3]), service: "dynamodb").headers(
                endpoint: try Endpoint(try choice("endpoints", item[4])), contentType: Self.json,
                target: try choice("targets", item[5]),
                body: Array(try #require(item[6] as? String).utf8), credentials: keys,
                at: SigningDate(secondsSince1970: try #require(item[0] as? Int)))
            let authorization = try #require(headers.last { $0.name == "authorization" })
            let signature = try #require(item[7] as? String)
            #expect(authorization.value.hasSuffix("Signature=\(signature)"), "\(item)")
        }
    }

    @Test func theKeptKeyIsForOneScopeAndOneSecret() throws {
        let signer = RequestSigner(region: "us-east-1", service: "dynamodb")
        func authorization(secret: String, seconds: Int) throws -> String? {
            signer.headers(
                endpoint: try Endpoint("http://localhost"), contentType: Self.json, target: "t", body: [],
                credentials: Credentials(accessKeyID: "A", secretAccessKey: secret),
                at: SigningDate(secondsSince1970: seconds)
            ).first { $0.name == "authorization" }?.value
        }
        let first = try authorization(secret: "one", seconds: 0)
        #expect(try authorization(secret: "two", seconds: 0) != first)
        #expect(try authorization(secret: "one", seconds: 86_400) != first)
        #expect(try authorization(secret: "one", seconds: 0) == first)
    }

    @Test func datesAreRead() {
        for seconds in stride(from: 0, to: 4_200_000_000, by: 12_345_678) {
            let date = SigningDate(secondsSince1970: seconds)
            #expect(SigningDate(timestamp: date.timestamp) == date)
        }
        for wrong in [
            "", "20251129T103000", "20251129T103000z", "20251329T103000Z", "20250029T103000Z", "19691231T235959Z",
            "20251129T243000Z", "20251129T106000Z", "2025-11-29T10:30Z", "20251129T10300\u{FF10}Z",
            "2025112\u{E9}T10300Z",
        ] {
            #expect(SigningDate(timestamp: wrong) == nil, "\(wrong)")
        }
    }

    /// What botocore makes of them.
    @Test(arguments: [
        ("/", "/"), ("", "/"), ("/a/b", "/a/b"), ("/a//b/", "/a/b/"), ("/a/./../b", "/b"), ("/..", "/"), ("/a/..", "/"),
        ("/%20", "/%2520"), ("/a+b@~", "/a%2Bb%40~"),
    ])
    func pathsAreCanonical(path: String, canonical: String) {
        let request = [UInt8]().withUnsafeBytes { CanonicalRequest(method: "GET", path: path, headers: [], body: $0) }
        #expect(request.text.split(separator: "\n")[1] == canonical)
    }

    @Test func parametersAndHeadersAreCanonical() {
        let request = [UInt8]().withUnsafeBytes { body in
            CanonicalRequest(
                method: "GET", path: "/", query: "b=2&a-=1&a=2&a=1&c", headers: [("x", "  a \t b  c ")], body: body)
        }
        #expect(
            request.text.hasPrefix("GET\n/\na=1&a=2&a-=1&b=2&c=\nx:a b c\n\nx\ne3b0c44298fc1c149afbf4c8996fb924"))
    }

    @Test func onlyTheRightSignatureIsAccepted() {
        let key = SignatureV4.Key(secret: "s", scope: .init(day: "20251129", region: "local", service: "dynamodb"))
        let request = [UInt8]().withUnsafeBytes { CanonicalRequest(method: "GET", path: "/", headers: [], body: $0) }
        let signature = key.signature(of: request, timestamp: "20251129T103000Z")
        #expect(key.accepts(signature, of: request, timestamp: "20251129T103000Z"))
        #expect(!key.accepts(signature, of: request, timestamp: "20251129T103001Z"))
        for wrong in ["", "0", String(signature.dropLast(2)), signature + "00", signature.uppercased() + "g"] {
            #expect(!key.accepts(wrong, of: request, timestamp: "20251129T103000Z"))
        }
    }

    @Test(arguments: [
        (0, "19700101T000000Z"), (951_782_399, "20000228T235959Z"), (951_782_400, "20000229T000000Z"),
        (1_764_412_200, "20251129T103000Z"), (4_107_542_400, "21000301T000000Z"),
    ])
    func datesAreFormed(seconds: Int, timestamp: String) {
        #expect(SigningDate(secondsSince1970: seconds).timestamp == timestamp)
        #expect(SigningDate(secondsSince1970: seconds).day == String(timestamp.prefix(8)))
    }
}
