import Testing

@testable import DynamoDB

/// Against botocore's signer.
@Suite struct SigningTests {
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
            let signer = RequestSigner(region: item.region)
            let keys = Credentials(
                accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                sessionToken: item.token)
            // Twice, since the second signature uses the key that was kept.
            for _ in 0..<2 {
                let headers = signer.headers(
                    endpoint: try Endpoint(item.endpoint), target: "DynamoDB_20120810.DescribeTable",
                    body: Array(item.body.utf8), credentials: keys, secondsSince1970: item.secondsSince1970)
                #expect(headers.first { $0.name == "authorization" }?.value == item.authorization)
                #expect(headers.first { $0.name == "x-amz-date" }?.value == item.timestamp)
                #expect(headers.first { $0.name == "x-amz-security-token" }?.value == item.token)
            }
        }
    }

    @Test func theKeptKeyIsForOneScopeAndOneSecret() throws {
        let signer = RequestSigner(region: "us-east-1")
        func authorization(secret: String, seconds: Int) throws -> String? {
            signer.headers(
                endpoint: try Endpoint("http://localhost"), target: "t", body: [],
                credentials: Credentials(accessKeyID: "A", secretAccessKey: secret), secondsSince1970: seconds
            ).first { $0.name == "authorization" }?.value
        }
        let first = try authorization(secret: "one", seconds: 0)
        #expect(try authorization(secret: "two", seconds: 0) != first)
        #expect(try authorization(secret: "one", seconds: 86_400) != first)
        #expect(try authorization(secret: "one", seconds: 0) == first)
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
