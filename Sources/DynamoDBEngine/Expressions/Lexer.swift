import DynamoDB

/// One word of an expression.
struct Token: Equatable {
    enum Kind: Equatable {
        /// An attribute name, a function name or a keyword.
        case identifier
        /// `#name`
        case nameReference
        /// `:value`
        case valueReference
        /// A list index.
        case integer
        /// A comparator or other sign.
        case sign(Sign)
        /// The end of the expression.
        case end
    }

    enum Sign: String {
        case equal = "="
        case notEqual = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case openParenthesis = "("
        case closeParenthesis = ")"
        case openBracket = "["
        case closeBracket = "]"
        case comma = ","
        case dot = "."
        case plus = "+"
        case minus = "-"
    }

    let kind: Kind
    /// The token as written.
    let text: String
    /// Where it stands, in UTF-8 bytes from the expression's start.
    let range: Range<Int>

    /// Whether this is the keyword, in any case.
    func isKeyword(_ keyword: String) -> Bool {
        kind == .identifier && text.utf8.count == keyword.utf8.count && text.uppercased() == keyword
    }
}

/// Splits an expression into tokens.
struct Lexer {
    private let source: [UInt8]
    /// Where the next token is looked for.
    private(set) var position = 0

    init(_ source: [UInt8]) {
        self.source = source
    }

    /// The next token, or nil where a character begins none.
    mutating func next() -> Token? {
        while position < source.count, source[position].isSpace { position += 1 }
        guard position < source.count else {
            return Token(kind: .end, text: "<EOF>", range: position..<position)
        }
        let start = position
        let kind = kind(startingWith: source[position])
        guard let kind else {
            repeat { position += 1 } while position < source.count && source[position] & 0xC0 == 0x80
            return nil
        }
        let range = start..<position
        return Token(kind: kind, text: String(decoding: source[range], as: UTF8.self), range: range)
    }

    private mutating func kind(startingWith first: UInt8) -> Token.Kind? {
        switch first {
        case UInt8(ascii: "#"), UInt8(ascii: ":"):
            position += 1
            let start = position
            skip(while: \.isNamePart)
            if start == position {
                position -= 1
                return nil
            }
            return first == UInt8(ascii: "#") ? .nameReference : .valueReference
        case _ where first.isNameStart:
            skip(while: \.isNamePart)
            return .identifier
        case _ where first.isDigit:
            skip(while: \.isDigit)
            return .integer
        default:
            return sign(startingWith: first).map { .sign($0) }
        }
    }

    private mutating func sign(startingWith first: UInt8) -> Token.Sign? {
        let second = position + 1 < source.count ? source[position + 1] : 0
        let sign: Token.Sign
        switch (first, second) {
        case (UInt8(ascii: "<"), UInt8(ascii: ">")): sign = .notEqual
        case (UInt8(ascii: "<"), UInt8(ascii: "=")): sign = .lessOrEqual
        case (UInt8(ascii: ">"), UInt8(ascii: "=")): sign = .greaterOrEqual
        case (UInt8(ascii: "="), _): sign = .equal
        case (UInt8(ascii: "<"), _): sign = .less
        case (UInt8(ascii: ">"), _): sign = .greater
        case (UInt8(ascii: "("), _): sign = .openParenthesis
        case (UInt8(ascii: ")"), _): sign = .closeParenthesis
        case (UInt8(ascii: "["), _): sign = .openBracket
        case (UInt8(ascii: "]"), _): sign = .closeBracket
        case (UInt8(ascii: ","), _): sign = .comma
        case (UInt8(ascii: "."), _): sign = .dot
        case (UInt8(ascii: "+"), _): sign = .plus
        case (UInt8(ascii: "-"), _): sign = .minus
        default: return nil
        }
        position += sign.rawValue.utf8.count
        return sign
    }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while position < source.count, condition(source[position]) { position += 1 }
    }

    /// The character that began no token, for the error.
    var lastCharacter: String {
        var start = position - 1
        while start > 0, source[start] & 0xC0 == 0x80 { start -= 1 }
        return String(decoding: source[start..<position], as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isNameStart: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    fileprivate var isNamePart: Bool { isNameStart || isDigit || self == UInt8(ascii: "_") }
}

/// The words that an expression may not use as attribute names, except through `#name`.
///
/// Source: AWS, "Reserved words in DynamoDB", Amazon DynamoDB developer guide.
enum ReservedWords {
    /// Whether the name is reserved, in any case.
    static func contains(_ name: String) -> Bool {
        all.contains(name.uppercased())
    }

    private static let all: Set<String> = Set(text.split(whereSeparator: \.isWhitespace).map(String.init))

    private static let text = """
        ABORT ABSOLUTE ACTION ADD AFTER AGENT AGGREGATE ALL ALLOCATE ALTER ANALYZE AND ANY ARCHIVE ARE ARRAY AS ASC
        ASCII ASENSITIVE ASSERTION ASYMMETRIC AT ATOMIC ATTACH ATTRIBUTE AUTH AUTHORIZATION AUTHORIZE AUTO AVG BACK
        BACKUP BASE BATCH BEFORE BEGIN BETWEEN BIGINT BINARY BIT BLOB BLOCK BOOLEAN BOTH BREADTH BUCKET BULK BY BYTE
        CALL CALLED CALLING CAPACITY CASCADE CASCADED CASE CAST CATALOG CHAR CHARACTER CHECK CLASS CLOB CLOSE CLUSTER
        CLUSTERED CLUSTERING CLUSTERS COALESCE COLLATE COLLATION COLLECTION COLUMN COLUMNS COMBINE COMMENT COMMIT
        COMPACT COMPILE COMPRESS CONDITION CONFLICT CONNECT CONNECTION CONSISTENCY CONSISTENT CONSTRAINT CONSTRAINTS
        CONSTRUCTOR CONSUMED CONTINUE CONVERT COPY CORRESPONDING COUNT COUNTER CREATE CROSS CUBE CURRENT CURSOR CYCLE
        DATA DATABASE DATE DATETIME DAY DEALLOCATE DEC DECIMAL DECLARE DEFAULT DEFERRABLE DEFERRED DEFINE DEFINED
        DEFINITION DELETE DELIMITED DEPTH DEREF DESC DESCRIBE DESCRIPTOR DETACH DETERMINISTIC DIAGNOSTICS DIRECTORIES
        DISABLE DISCONNECT DISTINCT DISTRIBUTE DO DOMAIN DOUBLE DROP DUMP DURATION DYNAMIC EACH ELEMENT ELSE ELSEIF
        EMPTY ENABLE END EQUAL EQUALS ERROR ESCAPE ESCAPED EVAL EVALUATE EXCEEDED EXCEPT EXCEPTION EXCEPTIONS EXCLUSIVE
        EXEC EXECUTE EXISTS EXIT EXPLAIN EXPLODE EXPORT EXPRESSION EXTENDED EXTERNAL EXTRACT FAIL FALSE FAMILY FETCH
        FIELDS FILE FILTER FILTERING FINAL FINISH FIRST FIXED FLATTERN FLOAT FOR FORCE FOREIGN FORMAT FORWARD FOUND FREE
        FROM FULL FUNCTION FUNCTIONS GENERAL GENERATE GET GLOB GLOBAL GO GOTO GRANT GREATER GROUP GROUPING HANDLER HASH
        HAVE HAVING HEAP HIDDEN HOLD HOUR IDENTIFIED IDENTITY IF IGNORE IMMEDIATE IMPORT IN INCLUDING INCLUSIVE
        INCREMENT INCREMENTAL INDEX INDEXED INDEXES INDICATOR INFINITE INITIALLY INLINE INNER INNTER INOUT INPUT
        INSENSITIVE INSERT INSTEAD INT INTEGER INTERSECT INTERVAL INTO INVALIDATE IS ISOLATION ITEM ITEMS ITERATE JOIN
        KEY KEYS LAG LANGUAGE LARGE LAST LATERAL LEAD LEADING LEAVE LEFT LENGTH LESS LEVEL LIKE LIMIT LIMITED LINES LIST
        LOAD LOCAL LOCALTIME LOCALTIMESTAMP LOCATION LOCATOR LOCK LOCKS LOG LOGED LONG LOOP LOWER MAP MATCH MATERIALIZED
        MAX MAXLEN MEMBER MERGE METHOD METRICS MIN MINUS MINUTE MISSING MOD MODE MODIFIES MODIFY MODULE MONTH MULTI
        MULTISET NAME NAMES NATIONAL NATURAL NCHAR NCLOB NEW NEXT NO NONE NOT NULL NULLIF NUMBER NUMERIC OBJECT OF
        OFFLINE OFFSET OLD ON ONLINE ONLY OPAQUE OPEN OPERATOR OPTION OR ORDER ORDINALITY OTHER OTHERS OUT OUTER OUTPUT
        OVER OVERLAPS OVERRIDE OWNER PAD PARALLEL PARAMETER PARAMETERS PARTIAL PARTITION PARTITIONED PARTITIONS PATH
        PERCENT PERCENTILE PERMISSION PERMISSIONS PIPE PIPELINED PLAN POOL POSITION PRECISION PREPARE PRESERVE PRIMARY
        PRIOR PRIVATE PRIVILEGES PROCEDURE PROCESSED PROJECT PROJECTION PROPERTY PROVISIONING PUBLIC PUT QUERY QUIT
        QUORUM RAISE RANDOM RANGE RANK RAW READ READS REAL REBUILD RECORD RECURSIVE REDUCE REF REFERENCE REFERENCES
        REFERENCING REGEXP REGION REINDEX RELATIVE RELEASE REMAINDER RENAME REPEAT REPLACE REQUEST RESET RESIGNAL
        RESOURCE RESPONSE RESTORE RESTRICT RESULT RETURN RETURNING RETURNS REVERSE REVOKE RIGHT ROLE ROLES ROLLBACK
        ROLLUP ROUTINE ROW ROWS RULE RULES SAMPLE SATISFIES SAVE SAVEPOINT SCAN SCHEMA SCOPE SCROLL SEARCH SECOND
        SECTION SEGMENT SEGMENTS SELECT SELF SEMI SENSITIVE SEPARATE SEQUENCE SERIALIZABLE SESSION SET SETS SHARD SHARE
        SHARED SHORT SHOW SIGNAL SIMILAR SIZE SKEWED SMALLINT SNAPSHOT SOME SOURCE SPACE SPACES SPARSE SPECIFIC
        SPECIFICTYPE SPLIT SQL SQLCODE SQLERROR SQLEXCEPTION SQLSTATE SQLWARNING START STATE STATIC STATUS STORAGE STORE
        STORED STREAM STRING STRUCT STYLE SUB SUBMULTISET SUBPARTITION SUBSTRING SUBTYPE SUM SUPER SYMMETRIC SYNONYM
        SYSTEM TABLE TABLESAMPLE TEMP TEMPORARY TERMINATED TEXT THAN THEN THROUGHPUT TIME TIMESTAMP TIMEZONE TINYINT TO
        TOKEN TOTAL TOUCH TRAILING TRANSACTION TRANSFORM TRANSLATE TRANSLATION TREAT TRIGGER TRIM TRUE TRUNCATE TTL
        TUPLE TYPE UNDER UNDO UNION UNIQUE UNIT UNKNOWN UNLOGGED UNNEST UNPROCESSED UNSIGNED UNTIL UPDATE UPPER URL
        USAGE USE USER USERS USING UUID VACUUM VALUE VALUED VALUES VARCHAR VARIABLE VARIANCE VARINT VARYING VIEW VIEWS
        VIRTUAL VOID WAIT WHEN WHENEVER WHERE WHILE WINDOW WITH WITHIN WITHOUT WORK WRAPPED WRITE YEAR ZONE
        """
}
