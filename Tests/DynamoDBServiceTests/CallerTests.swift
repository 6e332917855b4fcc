import DynamoDBEngine
import NIOHTTP1
import Testing

@testable import DynamoDBService

/// Who asks, by the credential of a request.
@Suite struct CallerTests {
    @Test(
        arguments: [
            (
                "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
                "AKID", "eu-west-1"
            ),
            (
                "AWS4-HMAC-SHA256 SignedHeaders=host,Credential=AKID/20260101/eu-west-1/dynamodb/aws4_request", "AKID",
                "eu-west-1"
            ),
            ("Credential=AKID", "AKID", nil), ("Credential=AKID/1/eu-west-1", "AKID", nil),
            ("Credential=AKID/1/eu-west-1/dynamodb/aws4_request/more", "AKID", nil),
            ("Credential=AKID/1//dynamodb/aws4_request", "AKID", nil), ("Credential=////", nil, nil),
            ("Credential=é/1/ü/dynamodb/x", "é", "ü"), ("Credential=", nil, nil), ("credential=a/b/c/d/e", nil, nil),
            ("NoCredential=a/b/c/d/e", nil, nil), (" , ,", nil, nil), ("", nil, nil),
        ] as [(String, String?, String?)])
    func theCredentialTells(authorization: String, key: String?, region: String?) {
        let head = HTTPRequestHead(
            version: .http1_1, method: .POST, uri: "/", headers: ["authorization": authorization])
        #expect(Caller(head) == Caller(region: region, accessKeyID: key))
    }

    /// Else a request that one caller signed would act for another.
    @Test func ofTwoCredentialsTheSameOneIsCheckedAndActedFor() throws {
        let scope = "20260101/eu-west-1/dynamodb/aws4_request"
        let head = HTTPRequestHead(
            version: .http1_1, method: .POST, uri: "/",
            headers: [
                "authorization":
                    "AWS4-HMAC-SHA256 Credential=FIRST/\(scope), Credential=SECOND/\(scope), Signature=0, "
                    + "SignedHeaders=host;x-amz-target",
                "x-amz-date": "20260101T000000Z",
            ])
        #expect(try RequestSignature(head).accessKeyID == "FIRST")
        #expect(Caller(head).accessKeyID == "FIRST")
    }

    /// A comma, a slash or a semicolon is one before a combining accent too.
    @Test func partsAreSplitByBytes() throws {
        let head = HTTPRequestHead(
            version: .http1_1, method: .POST, uri: "/",
            headers: [
                "authorization":
                    "AWS4-HMAC-SHA256 Credential=\u{301}AKID/20260101/eu-west-1/dynamodb/aws4_request,\u{301}a=b,"
                    + "Signature=0,SignedHeaders=host;x-amz-target;\u{301}b",
                "x-amz-date": "20260101T000000Z",
            ])
        let signature = try RequestSignature(head)
        #expect(signature.accessKeyID == "\u{301}AKID")
        #expect(signature.signedHeaders == ["host", "x-amz-target", "\u{301}b"])
    }

    @Test func theQueryTellsWhereThereIsNoHeader() {
        let uri = "/?X-Amz-Credential=AKID%2F20260101%2Feu-west-1%2Fdynamodb%2Faws4_request&X-Amz-Signature=0"
        #expect(
            Caller(HTTPRequestHead(version: .http1_1, method: .POST, uri: uri))
                == Caller(region: "eu-west-1", accessKeyID: "AKID"))
        #expect(Caller(HTTPRequestHead(version: .http1_1, method: .POST, uri: "/")) == Caller())
    }
}
