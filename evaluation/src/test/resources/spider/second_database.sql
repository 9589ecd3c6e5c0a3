CREATE TABLE Customer (Customer_ID integer PRIMARY KEY, Name text, City text, Age integer, Rating real);
CREATE TABLE Orders (Order_ID integer PRIMARY KEY, Customer_ID integer REFERENCES Customer (Customer_ID), Product_ID integer REFERENCES Product (Product_ID), Quantity integer, Order_Date text);
CREATE TABLE Product (Product_ID integer PRIMARY KEY, Name text, Price real, Category text);
INSERT INTO Customer VALUES (1, 'Eva', 'Rome', 60, 1.0), (2, 'Eva', 'Oslo', 19, 5.0), (3, 'Kim', 'Rome', 44, 5.0);
INSERT INTO Product VALUES (1, 'Cup', 5.0, 'home'), (2, 'Ink', 5.0, 'office');
INSERT INTO Orders VALUES (1, 3, 2, 4, '2019-12-31'), (2, 2, 1, 4, '2020-02-01'), (3, 3, 2, 7, '2022-02-02');
