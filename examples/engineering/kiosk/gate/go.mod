module kiosk.example/gate

go 1.23

require github.com/dgrijalva/jwt-go v3.2.0+incompatible
