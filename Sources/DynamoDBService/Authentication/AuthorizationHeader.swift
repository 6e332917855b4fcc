/// An `Authorization` header: the name of an algorithm, and parameters, behind commas or spaces.
///
/// Whoever asks reads it by this, so that a request acts for the caller whose signature was checked. It is read byte by byte:
/// every request comes here, and a character can have many bytes.
struct AuthorizationHeader {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    var algorithm: String { String(Substring(text.utf8.prefix { !$0.separatesParameters })) }

    /// The value of a parameter; nil without one. Of several the first.
    func parameter(_ name: String) -> String? {
        var (text, name) = (text, name)
        return text.withUTF8 { bytes in
            name.withUTF8 { name in
                var rest = bytes[...]
                while !rest.isEmpty {
                    let parameter = rest.prefix { !$0.separatesParameters }
                    rest = rest[parameter.endIndex...].dropFirst()
                    guard parameter.starts(with: name) else { continue }
                    let value = parameter.dropFirst(name.count)
                    if value.first == UInt8(ascii: "=") { return String(decoding: value.dropFirst(), as: UTF8.self) }
                }
                return nil
            }
        }
    }
}

extension UInt8 {
    fileprivate var separatesParameters: Bool { self == UInt8(ascii: ",") || self == UInt8(ascii: " ") }
}
