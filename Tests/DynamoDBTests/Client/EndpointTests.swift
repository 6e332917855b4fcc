import AWSCore
import Testing

@testable import DynamoDB

@Suite struct EndpointTests {
    @Test(arguments: [
        ("http://127.0.0.1:8000", "127.0.0.1:8000", 8000, "/"),
        ("http://localhost/", "localhost", 80, "/"),
        ("HTTPS://example.com", "example.com", 443, "/"),
        ("https://example.com:443/a/b", "example.com", 443, "/a/b"),
        ("https://example.com:80", "example.com:80", 80, "/"),
        ("http://[::1]:8000", "[::1]:8000", 8000, "/"),
        ("http://[::1]", "[::1]", 80, "/"),
    ])
    func addressesAreParsed(address: String, host: String, port: Int, path: String) throws {
        let endpoint = try Endpoint(address)
        #expect(endpoint.hostHeader == host)
        #expect(endpoint.port == port)
        #expect(endpoint.path == path)
        #expect(endpoint.isEncrypted == address.lowercased().hasPrefix("https"))
    }

    @Test(arguments: [
        "", "127.0.0.1:8000", "ftp://a", "http://", "http://:80", "http://a:0", "http://a:65536", "http://a:x",
        "http://a b", "http://::1", "http://a/?q", "http://a/#f", "http://user:hunter2@a", "http://a/é",
    ])
    func badAddressesAreRefused(address: String) throws {
        let error = try #require(throws: AWSError.self) { try Endpoint(address) }
        #expect(error.code == .invalidConfiguration)
        #expect(!error.message.contains("hunter2"))
    }

    @Test func regionsNameEndpoints() throws {
        #expect(
            try DynamoDBClientConfiguration().validated().description == "https://dynamodb.ap-northeast-1.amazonaws.com"
        )
        #expect(
            try DynamoDBClientConfiguration().validated(for: .streams).description
                == "https://streams.dynamodb.ap-northeast-1.amazonaws.com")
        #expect(
            try Endpoint.regional("cn-north-1", service: "dynamodb").description
                == "https://dynamodb.cn-north-1.amazonaws.com.cn")
        for region in ["", "US-EAST-1", "a.b", "x/evil.example"] {
            let error = try #require(throws: DynamoDBError.self) {
                try DynamoDBClientConfiguration(region: region).validated()
            }
            #expect(error.code == .invalidConfiguration)
        }
    }

    @Test func configurationsAreChecked() {
        var configurations = Array(repeating: DynamoDBClientConfiguration(), count: 5)
        configurations[0].maximumAttempts = 0
        configurations[1].timeout = .zero
        configurations[2].connectTimeout = .seconds(-1)
        configurations[3].maximumConnections = 0
        configurations[4].endpoint = "localhost"
        for configuration in configurations {
            #expect(throws: DynamoDBError.self) { try DynamoDBClient(configuration) }
        }
    }

    @Test func checksumsAgreeWithZlib() throws {
        struct Case: Decodable {
            let hex: String
            let crc32: UInt32
        }
        let cases: [Case] = try Fixture.decode("checksums.json")
        for item in cases {
            let bytes = stride(from: 0, to: item.hex.count, by: 2).compactMap { offset in
                UInt8(item.hex.dropFirst(offset).prefix(2), radix: 16)
            }
            #expect(bytes.withUnsafeBytes { CRC32.checksum($0) } == item.crc32)
        }
    }
}
