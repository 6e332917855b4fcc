import AWSCore
import DynamoDB
import NIOCore
import NIOHTTP1

/// A whole response.
struct HTTPResponse: Sendable {
    let status: HTTPResponseStatus
    let contentType: StaticString
    var body: [UInt8]
    /// Whole lines of further headers, each with its line break.
    var headers = ""

    /// The answer of an operation.
    static func success(_ body: [UInt8]) -> HTTPResponse {
        HTTPResponse(status: .ok, contentType: "application/x-amz-json-1.0", body: body)
    }

    /// An error in AWS's form.
    static func failure(_ error: DynamoDBError) -> HTTPResponse {
        HTTPResponse(
            status: HTTPResponseStatus(statusCode: error.httpStatus == 0 ? 500 : error.httpStatus),
            contentType: "application/x-amz-json-1.0", body: error.jsonDocument)
    }

    /// The answer to a health check, in AWS's words.
    static func healthy(host: String) -> HTTPResponse {
        HTTPResponse(
            status: .ok, contentType: "text/plain",
            body: Array("healthy: \(host.isPrintable ? host : "localhost") ".utf8))
    }

    /// The answer to a health check while no write would be accepted.
    static func unhealthy(_ reason: String) -> HTTPResponse {
        HTTPResponse(
            status: .serviceUnavailable, contentType: "text/plain", body: Array("unhealthy: \(reason)\n".utf8))
    }

    /// An answer that lies in the headers.
    static let empty = HTTPResponse(status: .ok, contentType: "text/plain", body: [])

    /// The answer to what is no request of the API.
    static let notFound = HTTPResponse(
        status: .notFound, contentType: "application/xml", body: Array("<UnknownOperationException/>\n".utf8))

    /// The answer while there is no memory for more requests. The request was not carried out.
    static let busy = HTTPResponse.failure(
        DynamoDBError(
            code: .serviceUnavailable,
            message: "The server has no memory left for more requests. Please try again later."))

    /// The answer to a request beyond AWS's 16 MB.
    static let tooLarge = HTTPResponse(
        status: .payloadTooLarge, contentType: "application/x-amz-json-1.0",
        body: Array(#"{"__type":"com.amazon.coral.service#RequestEntityTooLargeException"}"#.utf8))

    /// The answer to what is not HTTP.
    static let malformed = HTTPResponse(
        status: .badRequest, contentType: "text/plain",
        body: Array("This is no request of HTTP/1.1, or it came by TLS to a port that speaks plain HTTP.\n".utf8))

    /// What HEAD gets: the same without its body.
    var withoutBody: HTTPResponse {
        HTTPResponse(status: status, contentType: contentType, body: [], headers: headers)
    }
}

extension String {
    /// Whether it can be written into a header.
    var isPrintable: Bool { utf8.allSatisfy { (0x20..<0x7F).contains($0) } }
}

extension HTTPResponse {
    /// What the connection does after a response.
    enum Persistence {
        /// It stays open, as is usual.
        case usual
        /// It stays open, which an older client is told.
        case announced
        case closes
    }

    /// The response as it goes over the wire, head and body in one.
    func encoded(
        _ persistence: Persistence, ids: inout RequestIDs, date: String, allocator: ByteBufferAllocator
    ) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: 384 + headers.utf8.count + body.count)
        if status == .ok {
            buffer.writeStaticString("HTTP/1.1 200 OK\r\nserver: Server\r\ndate: ")
        } else {
            buffer.writeString("HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\nserver: Server\r\ndate: ")
        }
        buffer.writeString(date)
        buffer.writeStaticString("\r\ncontent-type: ")
        buffer.writeStaticString(contentType)
        buffer.writeStaticString("\r\nx-amzn-requestid: ")
        ids.write(to: &buffer)
        buffer.writeStaticString("\r\nx-amz-crc32: ")
        buffer.writeString(String(body.withUnsafeBytes(CRC32.checksum)))
        buffer.writeStaticString("\r\ncontent-length: ")
        buffer.writeString(String(body.count))
        switch persistence {
        case .usual: break
        case .announced: buffer.writeStaticString("\r\nconnection: keep-alive")
        case .closes: buffer.writeStaticString("\r\nconnection: close")
        }
        if headers.isEmpty {
            buffer.writeStaticString("\r\n\r\n")
        } else {
            buffer.writeStaticString("\r\n")
            buffer.writeString(headers)
            buffer.writeStaticString("\r\n")
        }
        buffer.writeBytes(body)
        return buffer
    }
}

/// The value of the header `Date`, which is made once a second.
///
/// Source: RFC 9110, section 5.6.7 (IMF-fixdate).
struct HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private var second = Int.min
    private var text = ""

    /// The text of a moment; one before 1970 is told as 1970.
    mutating func text(secondsSince1970 seconds: Int) -> String {
        if seconds != second || text.isEmpty {
            second = seconds
            text = HTTPDate.format(max(seconds, 0))
        }
        return text
    }

    private static func format(_ seconds: Int) -> String {
        let (days, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let date = CivilDate(daysSince1970: days)
        let time = [second / 3600, second / 60 % 60, second % 60].map(two).joined(separator: ":")
        return "\(self.days[days % 7]), \(two(date.day)) \(months[date.month - 1]) \(date.year) \(time) GMT"
    }

    private static func two(_ value: Int) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }
}

/// Makes the names of requests in AWS's form: 52 characters of base 32.
struct RequestIDs {
    private static let alphabet: StaticString = "0123456789ABCDEFGHIJKLMNOPQRSTUV"

    /// Names must differ, not be secret: a generator without system calls will do.
    private var state: UInt64

    init() {
        state = UInt64.random(in: .min ... .max)
    }

    private static let length = 52

    /// Writes a new name.
    mutating func write(to buffer: inout ByteBuffer) {
        // A copy: the state itself lies in a connection, where each access is checked.
        var rest = self
        let digits = RequestIDs.alphabet.utf8Start
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: RequestIDs.length) { bytes in
            var random: UInt64 = 0
            for position in 0..<RequestIDs.length {
                if position % 12 == 0 { random = rest.next() }
                bytes[position] = digits[Int(random & 31)]
                random >>= 5
            }
            return RequestIDs.length
        }
        self = rest
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
